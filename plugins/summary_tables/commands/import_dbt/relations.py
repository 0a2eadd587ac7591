"""How dbt's SQL names what it reads, with database and quotes -> names as a person writes them here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from summary_tables.model.placeholders import NAME
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.tokens.tokens import Token, quoted_spans, tokens
from summary_tables.text.quoting import without_double_quotes

_PLAIN: Final = re.compile(r"[a-z_][a-z0-9_]*")
_OPENERS: Final = re.compile(r"\{[{%#]")


def plain_name(*names: str) -> str:
    """`schema.table`, in quotes only where the warehouse needs them."""
    return ".".join(name if _PLAIN.fullmatch(name) else '"{}"'.format(name.replace('"', '""')) for name in names)


def is_plain(name: str) -> bool:
    """Whether `schema.table` needs no quotes: keys of a file that take a table take no others."""
    return all(map(_PLAIN.fullmatch, name.split(".")))


def is_quoted(column: str) -> bool:
    """Whether it is one name in SQL's quotes."""
    return len(column) > 2 and column[0] == column[-1] == '"' and '"' not in column[1:-1].replace('""', "")


def unquoted(column: str) -> str:
    """As a file has it."""
    return without_double_quotes(column) if is_quoted(column) else column


def places(sql: str, texts: Mapping[str, str], dialect: Dialect) -> Iterator[tuple[int, int, str]]:
    """Where `sql` has one of `texts`, outside texts and comments of its own, and what that stands for."""
    if not texts:
        return
    longest_first = sorted(texts, key=len, reverse=True)
    pattern = re.compile(rf'(?<![\w".])(?:{"|".join(map(re.escape, longest_first))})(?![\w"])')
    hidden = [(span.start, span.end) for span in quoted_spans(sql, dialect.lexical) if span.kind != "quoted name"]
    for found in pattern.finditer(sql):
        if not any(start <= found.start() < end for start, end in hidden):
            yield found.start(), found.end(), texts[found[0]]


def replaced(sql: str, texts: Mapping[str, str], dialect: Dialect, aliases: Mapping[str, str] | None = None) -> str:
    """`sql` with each of `texts` replaced. Where nothing calls it otherwise, it keeps its name by `aliases`, an AS."""
    pieces, position = list[str](), 0
    for start, end, text in places(sql, texts, dialect):
        alias = (aliases or {}).get(text, "")
        behind = f" AS {plain_name(alias)}" if alias and not _has_alias(sql, end, dialect) else ""
        pieces += [sql[position:start], text, behind]
        position = end
    return "".join((*pieces, sql[position:]))


def short_names(sql: str, schema: str, table: str, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Where `sql` reads a table by its schema and name alone, as people write who do not ask dbt for all of it."""
    if table.lower() not in sql.lower():
        return
    pattern = re.compile(
        rf'\b(?:from|join)\s+("?{re.escape(schema)}"?\."?{re.escape(table)}"?)(?![\w".])', re.IGNORECASE
    )
    matches = list(pattern.finditer(sql))
    spans = quoted_spans(sql, dialect.lexical) if matches else ()
    hidden = [(span.start, span.end) for span in spans if span.kind != "quoted name"]
    for found in matches:
        if not any(start <= found.start() < end for start, end in hidden):
            yield found.span(1)


_PART: Final = r'(?:"[^"]+"|\w+)'
_SHORT: Final = re.compile(rf"\b(?:from|join)\s+(?P<schema>{_PART})\.(?P<table>{_PART})(?![\w\".(])", re.IGNORECASE)


def short_names_in(sql: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """The schema and name, in small letters, of each table that `sql` reads as `short_names` finds them."""
    matches = list(_SHORT.finditer(sql))
    spans = quoted_spans(sql, dialect.lexical) if matches else ()
    hidden = [(span.start, span.end) for span in spans if span.kind != "quoted name"]
    for found in matches:
        if not any(start <= found.start() < end for start, end in hidden):
            yield unquoted(found["schema"]).lower(), unquoted(found["table"]).lower()


_OF_DATABASE: Final = re.compile(
    rf"\b(?:from|join)\s+(?P<database>{_PART})\.{_PART}\.{_PART}(?![\w\".(])", re.IGNORECASE
)


def databases(sql: str, dialect: Dialect) -> Iterator[tuple[int, int, str]]:
    """Where `sql` names the database of what it reads, up to and with the dot behind it, and its name."""
    matches = list(_OF_DATABASE.finditer(sql))
    spans = quoted_spans(sql, dialect.lexical) if matches else ()
    hidden = [(span.start, span.end) for span in spans if span.kind != "quoted name"]
    for found in matches:
        if not any(start <= found.start() < end for start, end in hidden):
            yield found.start("database"), found.end("database") + 1, unquoted(found["database"])


_NO_ALIAS: Final = frozenset(
    [
        "ON",
        "USING",
        "WHERE",
        "GROUP",
        "ORDER",
        "HAVING",
        "LIMIT",
        "OFFSET",
        "FETCH",
        "FOR",
        "UNION",
        "INTERSECT",
        "EXCEPT",
        "WINDOW",
        "JOIN",
        "INNER",
        "LEFT",
        "RIGHT",
        "FULL",
        "CROSS",
        "NATURAL",
        "LATERAL",
        "TABLESAMPLE",
    ]
)


def _has_alias(sql: str, end: int, dialect: Dialect) -> bool:
    following = next(iter(tokens(sql[end : end + 400], dialect.lexical)), None)
    if following is None:
        return False
    return following.key == "." or (following.kind in ("word", "name") and following.key not in _NO_ALIAS)


def without_templates(sql: str, dialect: Dialect) -> str:
    """`sql` whose braces mean themselves here, too: it is no template any more, and has no names to be filled in.

    A name is filled in wherever it stands: in a text it is cut in two by a line's end, which SQL puts together again.
    """
    sql = _in_plain_quotes(sql, dialect) if NAME.search(sql) else sql
    spans = quoted_spans(sql, dialect.lexical) if NAME.search(sql) else ()
    texts = [(span.start, span.end) for span in spans if sql[span.start : span.end].endswith("'")]

    def cut(found: re.Match[str]) -> str:
        is_text = any(start < found.start() < end for start, end in texts)
        return f"{{'\n'{found[1]}}}" if is_text else f"{{ {found[1]} }}"

    return _OPENERS.sub(lambda found: f"{{{{ '{found[0]}' }}}}", NAME.sub(cut, sql))


_IN_DOLLARS: Final = re.compile(r"(\$\w*\$)(.*)\1", re.DOTALL)


def _in_plain_quotes(sql: str, dialect: Dialect) -> str:
    """Texts between dollars cannot be cut in two: those with a name in them stand in plain quotes."""
    for span in reversed([*quoted_spans(sql, dialect.lexical)]):
        found = _IN_DOLLARS.fullmatch(sql[span.start : span.end])
        if found and NAME.search(found[2]):
            text = found[2].replace("'", "''")
            sql = f"{sql[: span.start]}'{text}'{sql[span.end :]}"
    return sql


def declared_names(sql: str, dialect: Dialect) -> frozenset[str]:
    """The names that the query gives to subqueries with WITH, at any depth."""
    found = tokens(sql, dialect.lexical)
    names = set[str]()
    for index, token in enumerate(found):
        if index and token.kind in ("word", "name") and found[index - 1].key in ("WITH", "RECURSIVE", ","):
            following = _behind_columns(found, index + 1)
            if following < len(found) and found[following].key == "AS" and _opens(found, following + 1):
                names.add(_folded(sql[token.start : token.end]))
    return frozenset(names)


def _behind_columns(found: Sequence[Token], index: int) -> int:
    if index < len(found) and found[index].key == "(":
        inside = (at for at in range(index + 1, len(found)) if found[at].group == found[index].group)
        return next(inside, len(found)) + 1
    return index


def _opens(found: Sequence[Token], index: int) -> bool:
    while index < len(found) and found[index].key in ("NOT", "MATERIALIZED"):
        index += 1
    return index < len(found) and found[index].key == "("


def _folded(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()
