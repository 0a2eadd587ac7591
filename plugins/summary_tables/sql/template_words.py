"""What a run could not fill in: Jinja that cannot be read, and names in it that mean nothing.

The environment is that of Airflow's operators, with the names of `template_names`. jinja2 is imported only for more
than dates.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from summary_tables.spelling import nearest
from summary_tables.sql import template
from summary_tables.sql.query import SyntaxMistake
from summary_tables.sql.template import Piece
from summary_tables.sql.template_names import DATE_NAMES, FILTER_NAMES, MACRO_NAMES

if TYPE_CHECKING:
    from jinja2 import Environment, TemplateSyntaxError
    from jinja2.nodes import BinExpr

_BLOCKS = ("if", "for", "call", "filter", "macro", "block", "autoescape")
_TAGS = (*_BLOCKS, *(f"end{name}" for name in _BLOCKS), "else", "elif", "set", "endset", "do", "with", "endwith", "raw")
_OTHER_TAGS = {"fi": "if", "elseif": "elif", "elsif": "elif", "end": "endif"}
_INSTEAD = {
    "prev_ds": "macros.ds_add(ds, -1)",
    "yesterday_ds": "macros.ds_add(ds, -1)",
    "next_ds": "macros.ds_add(ds, 1)",
    "tomorrow_ds": "macros.ds_add(ds, 1)",
    "execution_date": "logical_date",
    "next_execution_date": "data_interval_end",
    "today": "ds",
}
_MOST_CHARACTERS = 50_000
_MOST_NAMES = 20
"""Longer SQL, or more unknown names, than anybody writes must not keep others waiting."""

_DATES_AS_TEXT = ("ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz")
_KNOWN = (
    f"the names are {', '.join(f'`{name}`' for name in DATE_NAMES)} and "
    f"{', '.join(f'`macros.{name}`' for name in MACRO_NAMES[:2])}"
)


def mistakes(sql: str) -> tuple[SyntaxMistake, ...]:
    """What is wrong with the Jinja in one query, in the order of its text; all that is closed is looked at."""
    jinja = (
        [piece for piece in template.pieces(sql) if piece.kind in ("value", "statement")]
        if "{" in sql and len(sql) <= _MOST_CHARACTERS
        else []
    )
    if all(piece.kind == "value" and piece.text.strip() in DATE_NAMES for piece in jinja):
        return ()
    if any(piece.kind == "statement" and _tag(piece) == "raw" for piece in jinja):
        return ()
    unbalanced = _unbalanced(jinja)
    if unbalanced:
        return (unbalanced,)
    unread = tuple(_unreadable_values(jinja)) or tuple(_unreadable_statements(sql, jinja))
    unread = unread or tuple(_unknown_filters(sql, jinja))
    return unread or tuple(sorted(_unknown_names(sql, jinja), key=lambda mistake: mistake.offset))


def _tag(piece: Piece) -> str:
    return piece.text.split(None, 1)[0] if piece.text.strip() else ""


def _unbalanced(jinja: Sequence[Piece]) -> SyntaxMistake | None:
    opened: list[Piece] = []
    for piece in jinja:
        tag = _tag(piece) if piece.kind == "statement" else "set"
        if tag not in _TAGS:
            near = _OTHER_TAGS.get(tag) or nearest(tag, _TAGS)
            fix = f"write `{{% {near} ... %}}`" if near else "write e.g. `{% if ... %}`"
            return _at(piece, f"`{tag}` is nothing that `{{% ... %}}` knows", fix)
        if tag in _BLOCKS:
            opened.append(piece)
        elif tag.removeprefix("end") in _BLOCKS and (not opened or f"end{_tag(opened.pop())}" != tag):
            return _at(piece, f"this `{{% {tag} %}}` closes nothing", f"add `{{% {tag[3:]} ... %}}` before it")
    return _never_closed(opened[-1]) if opened else None


def _never_closed(piece: Piece) -> SyntaxMistake:
    tag = _tag(piece)
    return _at(piece, f"this `{{% {tag} ... %}}` is never closed", f"add `{{% end{tag} %}}` where it ends")


_NUMBERS = re.compile(r"[\d\s.,{}-]*,[\d\s.,{}-]*")


def _is_array(text: str) -> bool:
    """`{1,2},{3,4}` of PostgreSQL; Jinja takes the braces around it for its own and reads some of these."""
    return bool(_NUMBERS.fullmatch(text)) or re.search(r"\}\s*,\s*\{", text) is not None


def _unreadable_values(jinja: Sequence[Piece]) -> Iterator[SyntaxMistake]:
    from jinja2 import TemplateSyntaxError

    for piece in jinja:
        if piece.kind != "value":
            continue
        if not piece.text.strip():
            yield _at(piece, "nothing stands between these braces", "write e.g. `{{ ds }}`")
            continue
        if _is_array(piece.text):
            message = "two braces begin a placeholder, also those of an array"
            yield _at(piece, message, "put a space between them: `{ {1,2}, {3,4} }`, or write `ARRAY[[1,2], [3,4]]`")
            continue
        try:
            _environment().parse(f"{{{{{piece.text}}}}}")
        except TemplateSyntaxError as error:
            yield _at(piece, f"this `{{{{ ... }}}}` cannot be read: {_reason(error)}", "write e.g. `{{ ds }}`")


def _unreadable_statements(sql: str, jinja: Sequence[Piece]) -> Iterator[SyntaxMistake]:
    from jinja2 import TemplateSyntaxError

    try:
        _environment().parse(sql)
    except TemplateSyntaxError as error:
        line_start = sum(len(line) for line in sql.splitlines(keepends=True)[: error.lineno - 1])
        piece = next((piece for piece in jinja if piece.end > line_start), jinja[0])
        example = _EXAMPLES.get(_tag(piece), "")
        fix = f"write e.g. `{{% {example} %}}`" if example else ""
        yield _at(piece, f"this `{{% ... %}}` cannot be read: {_reason(error)}", fix)


_EXAMPLES = {"if": "if ds > '2026-01-01'", "for": "for n in [1, 2]", "set": "set days = 7"}


def _reason(error: "TemplateSyntaxError") -> str:
    text = (error.message or "").rstrip(".")
    return text.replace("'end of print statement'", "`}}`").replace("'end of statement block'", "`%}`")


def _unknown_filters(sql: str, jinja: Sequence[Piece]) -> Iterator[SyntaxMistake]:
    from jinja2 import nodes

    tree = _environment().parse(sql)
    for kind, node_type, known in (
        ("filter", nodes.Filter, _environment().filters),
        ("test", nodes.Test, _environment().tests),
    ):
        names = {node.name for node in tree.find_all(node_type)}
        for name in sorted(names - set(known))[:_MOST_NAMES]:
            near = nearest(name, list(known))
            fix = f"write `{near}`" if near else "delete it"
            yield from _each(jinja, name, f"`{name}` is not a {kind}", fix)


def _unknown_names(sql: str, jinja: Sequence[Piece]) -> Iterator[SyntaxMistake]:
    from jinja2 import meta, nodes

    environment = _environment()
    tree = environment.parse(sql)
    known = {*DATE_NAMES, "macros", "schema", "table", *environment.globals}
    for name in sorted(meta.find_undeclared_variables(tree) - known)[:_MOST_NAMES]:
        yield from _each(jinja, name, f"`{name}` is not known in a query", _fix_of_name(name))
    sums = filter(_adds_days, tree.find_all((nodes.Add, nodes.Sub)))
    for name in sorted({getattr(node.left, "name", "") for node in sums}):
        fix = f"write `macros.ds_add({name}, -7)` for 7 days before" if name == "ds" else "write `data_interval_start`"
        yield from _each(jinja, name, f"`{name}` is a text; no days can be added to it", fix)
    attributes = {(getattr(node.node, "name", ""), node.attr) for node in tree.find_all(nodes.Getattr)}
    for owner, name in sorted(attributes)[:_MOST_NAMES]:
        yield from _unknown_attribute(owner, name, jinja)


def _adds_days(node: "BinExpr") -> bool:
    """`ds - 1`; `ds + ' 00:00'` joins two texts."""
    from jinja2 import nodes

    is_number = isinstance(node.right, nodes.Const) and isinstance(node.right.value, int)
    return isinstance(node.left, nodes.Name) and node.left.name in _DATES_AS_TEXT and is_number


def _fix_of_name(name: str) -> str:
    if name in ("ref", "source"):
        return "write the table by its name, schema and all, such as `raw_data.orders`"
    if name in MACRO_NAMES:
        return f"write `macros.{name}`"
    instead = _INSTEAD.get(name) or nearest(name, [*DATE_NAMES, "macros"])
    return f"write `{{{{ {instead} }}}}`" if instead and instead != "macros" else _KNOWN


def _unknown_attribute(owner: str, name: str, jinja: Sequence[Piece]) -> Iterator[SyntaxMistake]:
    if owner == "macros" and name not in MACRO_NAMES:
        near = nearest(name, MACRO_NAMES)
        fix = (
            f"write `macros.{near}`" if near else f"there are {', '.join(f'`macros.{macro}`' for macro in MACRO_NAMES)}"
        )
        yield from _each(jinja, f"macros.{name}", f"`macros.{name}` is not known in a query", fix)
    elif owner in _DATES_AS_TEXT and not hasattr(str, name):
        message = f"`{owner}` is a text and has no `{name}`"
        fix = f"write `data_interval_start.{name}` if a date is meant"
        yield from _each(jinja, f"{owner}.{name}", message, fix)


def _each(jinja: Sequence[Piece], word: str, message: str, fix: str) -> Iterator[SyntaxMistake]:
    """One mistake for each piece that uses `word`, at the word."""
    for piece in jinja:
        found = re.search(rf"(?<![\w.'\"]){re.escape(word)}(?!\w)", piece.text)
        if found:
            inside = 2 + found.start() + (piece.end - piece.start - 4 - len(piece.text) > 0)
            yield SyntaxMistake(offset=piece.start + inside, length=len(word), message=message, fix=fix)


def _at(piece: Piece, message: str, fix: str) -> SyntaxMistake:
    return SyntaxMistake(offset=piece.start, length=piece.end - piece.start, message=message, fix=fix)


@cache
def _environment() -> "Environment":
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(extensions=["jinja2.ext.do"])
    environment.filters |= dict.fromkeys(FILTER_NAMES, str)
    return environment
