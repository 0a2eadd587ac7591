"""The dates of a run in SQL, in dbt's words: dbt has Jinja itself, but Python's moments in place of Airflow's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from summary_tables.sql.templates.names import DATE_NAMES
from summary_tables.sql.templates.nodes import (
    Attribute,
    Call,
    Constant,
    Filter,
    Name,
    Node,
    Statement,
    every_node,
    every_statement,
)
from summary_tables.sql.templates.nodes import Text as PlainText

_FORMATS: Final = {
    "ds": "%Y-%m-%d",
    "ds_nodash": "%Y%m%d",
    "ts_nodash": "%Y%m%dT%H%M%S",
    "to_date_string": "%Y-%m-%d",
    "to_time_string": "%H:%M:%S",
    "to_datetime_string": "%Y-%m-%d %H:%M:%S",
}
_ATTRIBUTES: Final[Mapping[str, str]] = {
    "quarter": "((({0}).month + 2) // 3)",
    "day_of_week": "({0}).weekday()",
    "day_of_year": "({0}).timetuple().tm_yday",
    "week_of_year": "({0}).isocalendar()[1]",
    "int_timestamp": "(({0}).timestamp() | int)",
}
_METHODS: Final[Mapping[str, str]] = {
    "add": "moment_add({0}, {1})",
    "subtract": "moment_subtract({0}, {1})",
    "set": "({0}).replace({1})",
    "start_of": "moment_start_of({0}, {1})",
    "in_timezone": "({0}).astimezone(modules.pytz.timezone({1}))",
    "in_tz": "({0}).astimezone(modules.pytz.timezone({1}))",
    "in_days": "({0}).days",
    "in_hours": "(({0}).total_seconds() // 3600) | int",
    "in_minutes": "(({0}).total_seconds() // 60) | int",
    "in_seconds": "({0}).total_seconds() | int",
}
_UNKNOWN: Final = frozenset({"end_of", "format", "days_in_month"})
"""Words of Airflow's moments for which Python has none of one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtTemplate:
    """`sql` with its dates in dbt's words; `names`: the dates that it needs. `foreign`: words that dbt has no word for,
    left as they are, with their offsets in the SQL that was given."""

    sql: str
    names: tuple[str, ...]
    foreign: tuple[tuple[str, int], ...] = ()


def in_dbt_words(sql: str, body: tuple[Statement, ...]) -> DbtTemplate:
    """`body` is the template of `sql`, which has no mistakes."""
    edits = sorted(_edits(sql, body), reverse=True)
    text = sql
    for start, end, words in edits:
        text = text[:start] + words + text[end:]
    nodes = tuple(every_node(body))
    used = {node.name for node in nodes if isinstance(node, Name)}
    foreign = tuple(
        (node.name, node.start) for node in nodes if isinstance(node, Attribute | Filter) and node.name in _UNKNOWN
    )
    return DbtTemplate(
        sql=text,
        names=tuple(name for name in (*DATE_NAMES, "macros") if name in used),
        foreign=foreign,
    )


def _edits(sql: str, body: tuple[Statement, ...]) -> Iterator[tuple[int, int, str]]:
    """Each outermost expression that is written in another way: from, up to, and what it becomes."""
    for statement in every_statement(body):
        if not isinstance(statement, PlainText):
            for node in _outermost(statement):
                words = _words(sql, node)
                if words != sql[node.start : node.end]:
                    yield node.start, node.end, words


def _outermost(statement: object) -> Iterator[Node]:
    """The expressions of a statement itself, and not of those within it."""
    covered = -1
    inner = {id(node) for each in _inner(statement) for node in every_node(each)}
    for node in sorted(every_node(statement), key=lambda node: (node.start, -node.end)):
        if node.start >= covered and id(node) not in inner:
            covered = node.end
            yield node


def _inner(statement: object) -> Iterator[object]:
    yield from getattr(statement, "body", ())
    yield from getattr(statement, "otherwise", ())
    for _, branch in getattr(statement, "branches", ()):
        yield from branch


def _words(sql: str, node: Node) -> str:
    """The expression, with what it is made of in dbt's words."""
    match node:
        case Filter(of=of, name=name) if name in _FORMATS:
            return f"({_words(sql, of)}).strftime('{_FORMATS[name]}')"
        case Filter(of=of, name="ts"):
            return f"({_words(sql, of)}).isoformat()"
        case Filter(of=of, name="ts_nodash_with_tz"):
            return f"({_words(sql, of)}).isoformat().replace('-', '').replace(':', '')"
        case Call(function=Attribute(of=of, name=name, dotted=dotted)) if not dotted.startswith("macros."):
            return _method(sql, node, of, name)
        case Attribute(of=of, name=name) if name in _ATTRIBUTES:
            return _ATTRIBUTES[name].format(_words(sql, of))
    return _with_parts(sql, node)


def _method(sql: str, call: Call, of: Node, name: str) -> str:
    if name in _FORMATS:
        return f"({_words(sql, of)}).strftime('{_FORMATS[name]}')"
    if name in _METHODS:
        return _METHODS[name].format(_words(sql, of), _arguments(sql, call))
    return _with_parts(sql, call)


def _arguments(sql: str, call: Call) -> str:
    values = [_words(sql, value) for value in call.arguments.values]
    return ", ".join((*values, *(f"{name}={_words(sql, value)}" for name, value in call.arguments.named)))


def _with_parts(sql: str, node: Node) -> str:
    """As it is written, but for its parts."""
    if isinstance(node, Constant | Name):
        return sql[node.start : node.end]
    text, end = "", node.start
    for part in _parts(node):
        text += sql[end : part.start] + _words(sql, part)
        end = part.end
    return text + sql[end : node.end]


def _parts(node: Node) -> list[Node]:
    """The largest expressions within it, in the order of the text."""
    found: list[Node] = []
    for part in sorted(every_node(node), key=lambda part: (part.start, -part.end)):
        if part is not node and (not found or part.start >= found[-1].end):
            found.append(part)
    return found


def prelude(names: tuple[str, ...], first_day: str, *, has_interval: bool, zone: str) -> str:
    """The lines at the head of a model or a test that give it these dates, in the time zone of its table.

    `first_day`: with which a table that grows begins, where it is built anew; empty: it does not grow.
    """
    if not names:
        return ""
    end = f"interval_end({zone!r})"
    start, day = (
        (f"interval_start({zone!r}{f', {first_day!r}' if first_day else ''})", f"interval_start({zone!r})")
        if has_interval
        else (end, end)
    )
    values = {"data_interval_start": start, "data_interval_end": end, "logical_date": day}
    wanted = {*names, *(["logical_date"] if set(names) & _OF_DAY.keys() else [])}
    lines = [f"{{%- set {name} = {value} -%}}" for name, value in values.items() if name in wanted]
    lines += [f"{{%- set {name} = logical_date{_OF_DAY[name]} -%}}" for name in names if name in _OF_DAY]
    if "macros" in names:
        lines.append(_MACROS)
    return "".join(f"{line}\n" for line in lines)


_OF_DAY: Final[Mapping[str, str]] = {
    "ds": ".strftime('%Y-%m-%d')",
    "ds_nodash": ".strftime('%Y%m%d')",
    "ts": ".isoformat()",
    "ts_nodash": ".strftime('%Y%m%dT%H%M%S')",
    "ts_nodash_with_tz": ".isoformat().replace('-', '').replace(':', '')",
}
_MACROS: Final = (
    "{%- set macros = {'ds_add': ds_add, 'ds_format': ds_format, "
    "'datetime': modules.datetime.datetime, 'timedelta': modules.datetime.timedelta} -%}"
)
