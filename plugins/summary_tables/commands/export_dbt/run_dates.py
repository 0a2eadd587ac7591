"""The dates of a run in SQL, in dbt's words: dbt has Jinja itself, but Python's moments in place of Airflow's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from summary_tables.sql.templates.names import DATE_NAMES
from summary_tables.sql.templates.nodes import (
    Attribute,
    Binary,
    Call,
    Constant,
    Filter,
    Name,
    Node,
    Statement,
    every_node,
)
from summary_tables.sql.templates.rewriting import Written, rewritten
from summary_tables.text.moments import UTC_NAME

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
    "days_in_month": "moment_end_of({0}, 'month').day",
    "int_timestamp": "(({0}).timestamp() | int)",
}
_METHODS: Final[Mapping[str, str]] = {
    "add": "moment_add({0}, {1})",
    "subtract": "moment_subtract({0}, {1})",
    "set": "moment_set({0}, {1})",
    "start_of": "moment_start_of({0}, {1})",
    "end_of": "moment_end_of({0}, {1})",
    "in_timezone": "({0}).astimezone(modules.pytz.timezone({1}))",
    "in_tz": "({0}).astimezone(modules.pytz.timezone({1}))",
    "in_days": "((({0}).total_seconds() / 86400) | int)",
    "in_hours": "((({0}).total_seconds() / 3600) | int)",
    "in_minutes": "((({0}).total_seconds() / 60) | int)",
    "in_seconds": "(({0}).total_seconds() | int)",
}
_TOKENS: Final[Mapping[str, str]] = {
    "YYYY": "%Y",
    "YY": "%y",
    "MM": "%m",
    "M": "%-m",
    "DD": "%d",
    "D": "%-d",
    "HH": "%H",
    "H": "%-H",
    "mm": "%M",
    "m": "%-M",
    "ss": "%S",
    "s": "%-S",
}
_TOKEN: Final = re.compile(
    rf"\[(?P<text>[^\[\]]*)\]|(?P<part>{'|'.join(sorted(_TOKENS, key=len, reverse=True))})|(?P<sign>%)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtTemplate:
    """`sql` with its dates in dbt's words; `names`: the dates that it needs. `foreign`: words that dbt has no word for,
    left as they are, with their offsets in the SQL that was given."""

    sql: str
    names: tuple[str, ...]
    foreign: tuple[tuple[str, int], ...] = ()


def in_dbt_words(sql: str, body: tuple[Statement, ...], zone: str = UTC_NAME) -> DbtTemplate:
    """`body` is the template of `sql`, which has no mistakes; `zone` is that of its table."""
    nodes = tuple(every_node(body))
    used = {node.name for node in nodes if isinstance(node, Name)}
    foreign = tuple(
        (node.function.name, node.function.start)
        for node in nodes
        if isinstance(node, Call) and isinstance(node.function, Attribute) and _has_unknown_format(node, node.function)
    )
    # In UTC no clock ever changes, and Python's own sums are right.
    has_clocks = zone != UTC_NAME or any(isinstance(node, Attribute) and node.name in _IN_ZONE for node in nodes)
    return DbtTemplate(
        sql=rewritten(sql, body, lambda node, written: _words(node, written, has_clocks=has_clocks)),
        names=tuple(name for name in (*DATE_NAMES, "macros") if name in used),
        foreign=foreign,
    )


_IN_ZONE: Final = frozenset({"in_timezone", "in_tz"})
_SUMS: Final[Mapping[str, str]] = {"+": "moment_plus", "-": "moment_minus"}


def _words(node: Node, written: Written, *, has_clocks: bool) -> str | None:
    match node:
        case Binary(sign=sign, left=left, right=right) if has_clocks and sign in _SUMS and not _has_constant(node):
            return f"{_SUMS[sign]}({written(left)}, {written(right)})"
        case Filter(of=of, name=name) if name in _FORMATS:
            return f"({written(of)}).strftime('{_FORMATS[name]}')"
        case Filter(of=of, name="ts"):
            return f"({written(of)}).isoformat()"
        case Filter(of=of, name="ts_nodash_with_tz"):
            return f"({written(of)}).isoformat().replace('-', '').replace(':', '')"
        case Call(function=Attribute(of=of, name=name, dotted=dotted)) if not dotted.startswith("macros."):
            return _method(node, of, name, written)
        case Attribute(of=of, name=name) if name in _ATTRIBUTES:
            return _ATTRIBUTES[name].format(written(of))
    return None


def _has_constant(node: Binary) -> bool:
    """It is a sum of numbers."""
    return isinstance(node.left, Constant) or isinstance(node.right, Constant)


def _has_unknown_format(call: Call, function: Attribute) -> bool:
    """The words for its form are known only when it is filled in."""
    return function.name == "format" and not function.dotted.startswith("macros.") and not _format(call)


def _format(call: Call) -> str:
    """What `strftime` takes for the form that the call of `format` has; empty where that is no plain text."""
    match call.arguments.values:
        case (Constant(value=str() as form),) if "\\" not in form and "'" not in form:
            return _TOKEN.sub(_directive, form)
    return ""


def _directive(found: re.Match[str]) -> str:
    if found["part"]:
        return _TOKENS[found["part"]]
    return (found["text"] or found["sign"] or "").replace("%", "%%")


def _method(call: Call, of: Node, name: str, written: Written) -> str | None:
    if name == "format" and (form := _format(call)):
        return f"({written(of)}).strftime('{form}')"
    if name in _FORMATS:
        return f"({written(of)}).strftime('{_FORMATS[name]}')"
    if name == "replace" and call.arguments.named:
        name = "set"
    if name in _METHODS:
        return _METHODS[name].format(written(of), _arguments(call, written))
    return None


def _arguments(call: Call, written: Written) -> str:
    values = [written(value) for value in call.arguments.values]
    return ", ".join((*values, *(f"{name}={written(value)}" for name, value in call.arguments.named)))


def prelude(names: tuple[str, ...], first_day: str, *, has_interval: bool, zone: str, begins: str = "") -> str:
    """The lines at the head of a model or a test that give it these dates, in the time zone of its table.

    `first_day`: with which a table that grows begins, where it is built anew; empty: it does not grow. `begins`: the
    time at which its days begin; empty: at midnight.
    """
    if not names:
        return ""
    at = f", begins={begins!r}" if begins else ""
    end = f"interval_end({zone!r}{at})"
    start, day = (
        (f"interval_start({zone!r}{f', {first_day!r}' if first_day else ''}{at})", f"interval_start({zone!r}{at})")
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
