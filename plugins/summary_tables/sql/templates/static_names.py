"""What can be told of a template without its dates: whether its names mean something, and whether it is about dates."""

from collections.abc import Iterable, Iterator

from summary_tables.sql.templates.error import TemplateError, template_error
from summary_tables.sql.templates.functions import FILTERS, FUNCTIONS, TESTS
from summary_tables.sql.templates.names import DATE_NAMES
from summary_tables.sql.templates.nodes import (
    Attribute,
    Call,
    Constant,
    Filter,
    Name,
    Node,
    Output,
    Statement,
    Test,
    every_node,
    every_statement,
    names_given,
)
from summary_tables.text.spelling import nearest

CALLED = tuple(name for name in FUNCTIONS if "." not in name)
_MACROS = tuple(dict.fromkeys(name.split(".")[1] for name in FUNCTIONS if "." in name))
_NAMESPACES = ("macros", "macros.datetime")
_PLACEHOLDERS = ("schema", "table")
_MOST_GIVEN_NAMES = 100
"""Among so many a name is looked for that is spelt nearly like one that means nothing."""
# Names that mean something elsewhere, and nothing like what is spelt nearly so here.
_OTHER_FILTERS = frozenset({"format"})
_OTHER_MACROS = frozenset({"dateutil"})
_INSTEAD = {
    "prev_ds": "macros.ds_add(ds, -1)",
    "yesterday_ds": "macros.ds_add(ds, -1)",
    "next_ds": "data_interval_end | ds",
    "tomorrow_ds": "macros.ds_add(ds, 1)",
    "execution_date": "logical_date",
    "next_execution_date": "data_interval_end",
    "today": "ds",
    **dict.fromkeys(("prev_ds_nodash", "yesterday_ds_nodash"), "macros.ds_add(ds, -1).replace('-', '')"),
    **dict.fromkeys(("next_ds_nodash", "tomorrow_ds_nodash"), "macros.ds_add(ds, 1).replace('-', '')"),
}
# Another run's dates: those of this run that are spelt nearly so mean something else.
_OF_ANOTHER_RUN = ("prev_", "next_", "yesterday_", "tomorrow_")
_KNOWN = (
    f"the names are {', '.join(f'`{name}`' for name in DATE_NAMES)} and "
    f"{', '.join(f'`macros.{name}`' for name in _MACROS[:2])}"
)


def unknown_names(sql: str, body: tuple[Statement, ...]) -> Iterator[TemplateError]:
    """Names, filters and tests that mean nothing, in the order of the text."""
    given = tuple(names_given(body))
    known = {*DATE_NAMES, *CALLED, *given}
    placeholders = {id(output.value) for output in _outputs_of_placeholders(body)}
    for name in sorted({name for name in given if name in (*DATE_NAMES, *CALLED, "macros", "loop")}):
        yield _taken(body, name)
    yield from _placeholders(sql, body)
    namespaces = {id(node.of) for node in every_node(body) if isinstance(node, Attribute)}
    near = {*DATE_NAMES, *CALLED, *given[:_MOST_GIVEN_NAMES]}
    for node in every_node(body):
        match node:
            case Name(name="macros" | "loop") if id(node) in namespaces:
                pass
            case Name() if id(node) in placeholders:
                pass
            case Name(name=name) if name not in known:
                yield _unknown(node, name, near)
            case Attribute() if node.dotted.startswith("macros."):
                yield from _unknown_macro(node, namespaces)
            case Filter(name=name) if name not in FILTERS:
                yield _not_a("filter", node, name, FILTERS)
            case Test(name=name) if name not in TESTS:
                yield _not_a("test", node, name, TESTS)


def _outputs_of_placeholders(body: tuple[Statement, ...]) -> Iterator[Output]:
    """`{{ schema }}` and `{{ table }}`."""
    for statement in every_statement(body):
        if (
            isinstance(statement, Output)
            and isinstance(statement.value, Name)
            and statement.value.name in _PLACEHOLDERS
        ):
            yield statement


def _placeholders(sql: str, body: tuple[Statement, ...]) -> Iterator[TemplateError]:
    for output in _outputs_of_placeholders(body):
        name = sql[output.value.start : output.value.end]
        message = f"`{sql[output.start : output.end]}` has one pair of braces too many: `{name}` is no date"
        yield template_error(output.start, output.end, message, f"write `{{{name}}}`")


def is_constant(node: Node) -> bool:
    """Whether it is the same in each run."""
    return not any(isinstance(each, Name | Call) for each in every_node(node))


def constant_text(node: Node) -> str | None:
    """Its text, where it is just that."""
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else None


def _taken(body: tuple[Statement, ...], name: str) -> TemplateError:
    for statement in every_statement(body):
        if name in getattr(statement, "names", ()):
            return template_error(
                statement.start, statement.end, f"`{name}` has a meaning already", "choose another name"
            )
    raise AssertionError(name)


def _unknown_macro(node: Attribute, namespaces: set[int]) -> Iterator[TemplateError]:
    dotted = node.dotted
    if dotted in FUNCTIONS or (dotted in _NAMESPACES and id(node) in namespaces):
        return
    if dotted.rpartition(".")[0] not in _NAMESPACES:
        return  # what stands before the last dot is wrong, or a value
    near = nearest(node.name, _MACROS) if dotted.count(".") == 1 and node.name not in _OTHER_MACROS else None
    inside = [name for name in FUNCTIONS if name.rpartition(".")[0] == dotted.rpartition(".")[0]]
    fix = f"write `macros.{near}`" if near else f"there are {', '.join(f'`{name}`' for name in inside)}"
    yield template_error(node.start, node.end, f"`{dotted}` is not known in a query", fix)


def _unknown(node: Node, name: str, known: set[str]) -> TemplateError:
    message, fix = f"`{name}` is not known in a query", _instead(name, known)
    return template_error(node.start, node.end, message, fix, may_be_text=fix == _KNOWN)


def _instead(name: str, known: set[str]) -> str:
    if name in ("ref", "source"):
        return "write the table by its name, schema and all, such as `raw_data.orders`"
    if name in _PLACEHOLDERS:
        return f"write `{{{name}}}`, and nothing else between the braces"
    if name in _MACROS:
        return f"write `macros.{name}`"
    if name not in _INSTEAD and name.startswith(_OF_ANOTHER_RUN):
        return _KNOWN
    instead = _INSTEAD.get(name) or nearest(name, sorted(known))
    if instead in CALLED:
        return f"write `{instead}`"
    return f"write `{{{{ {instead} }}}}`" if instead else _KNOWN


def _not_a(kind: str, node: Filter | Test, name: str, known: Iterable[str]) -> TemplateError:
    near = nearest(name, list(known)) if name not in _OTHER_FILTERS else None
    fix = f"write `{near}`" if near else f"there are {', '.join(f'`{each}`' for each in known)}"
    return template_error(node.name_start, node.name_start + len(name), f"`{name}` is not a {kind}", fix)
