"""SQL as it stands in a file -> the SQL that a run would send, with a map back.

Jinja comes first, then `{schema}.temp_{table}`, then `{schema}` and `{table}`: as in `airflow_operators`, and under the
same rules: a sandbox, the dates of `template_dates`, Airflow's date filters, an unknown name is a mistake.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from summary_tables.dry_run.mapped_text import MappedText, Piece
from summary_tables.placeholders import fill_fresh_table, fill_names
from summary_tables.template_dates import template_dates


class CannotRenderError(Exception):
    """A `{{ ... }}` that cannot be filled in here; the text says why."""


def yesterday() -> datetime:
    """The day that a daily run would be about now, in UTC: tables that are named after days stand for it."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)


def rendered(source: str, *, schema: str, table: str, fresh_table: str, day: datetime) -> MappedText:
    """`source` with everything filled in, for a run about `day`. `fresh_table` is what `{schema}.temp_{table}` becomes.

    Raises `CannotRenderError`.
    """
    marked = _jinja(_marked(source), day) if "{{" in source or "{%" in source or "{#" in source else source
    marked = fill_names(fill_fresh_table(marked, _FRESH), schema=_SCHEMA, table=_TABLE)
    names = {_FRESH: (fresh_table, _FRESH_SOURCE), _SCHEMA: (schema, "{schema}"), _TABLE: (table, "{table}")}
    return MappedText(tuple(_pieces(marked, names)))


# A file cannot hold control characters, so these stand for nothing else.
_FRESH, _SCHEMA, _TABLE = "\x02", "\x03", "\x04"
_FRESH_SOURCE = "{schema}.temp_{table}"
_MARK = re.compile("\x00([cv])([0-9]+),([0-9]+)\x01|([\x02\x03\x04])|([^\x00-\x04]+)")
_QUOTED = r"""'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+\""""
_TEMPLATE = re.compile(
    rf"(?P<value>{{{{(?:{_QUOTED}|}}(?!}})|[^'\"}}])*+}}}})"
    rf"|{{%(?:{_QUOTED}|%(?!}})|[^'\"%])*+%}}|{{#(?:[^#]|#(?!}}))*+#}}",
    re.DOTALL,
)


def _marked(source: str) -> str:
    """`source` with a mark before and behind each template piece: behind it, the source goes on being copied."""
    marked, end = [], 0
    for piece in _TEMPLATE.finditer(source):
        mark = f"\x00v{piece.start()},{piece.end()}\x01" if piece["value"] else ""
        marked.append(f"{source[end : piece.start()]}{mark}{piece[0]}\x00c{piece.end()},0\x01")
        end = piece.end()
    return "".join((*marked, source[end:]))


def _pieces(marked: str, names: Mapping[str, tuple[str, str]]) -> Iterator[Piece]:
    origin, length = 0, -1
    for found in _MARK.finditer(marked):
        kind, start, end, name, text = found.groups()
        if kind:
            origin, length = int(start), int(end) - int(start) if kind == "v" else -1
        elif length >= 0:
            yield Piece(text=names[name][0] if name else text, origin=origin, length=length, is_copied=False)
        elif name:
            filled, written = names[name]
            yield Piece(text=filled, origin=origin, length=len(written), is_copied=False)
            origin += len(written)
        else:
            yield Piece(text=text, origin=origin, length=len(text), is_copied=True)
            origin += len(text)


def _jinja(source: str, day: datetime) -> str:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, extensions=["jinja2.ext.do"], cache_size=0)
    environment.filters.update(_FILTERS)
    try:
        return environment.from_string(source).render(_names(day))
    except Exception as error:  # a template may call what it likes with what it likes
        raise CannotRenderError(str(error).rstrip(".") or type(error).__name__) from None


def _names(day: datetime) -> dict[str, object]:
    dates = template_dates(logical_date=_moment(day), start=_moment(day), end=_moment(day + _A_DAY), due=_moment(day))
    return {**dates, "macros": SimpleNamespace(**_MACROS)}


_A_DAY = timedelta(days=1)


def _moment(day: datetime) -> datetime:
    """`day` as Airflow gives it, with pendulum's methods, where pendulum is installed."""
    try:
        import pendulum
    except ImportError:
        return day
    moment: datetime = pendulum.instance(day)
    return moment


def _ds_add(ds: str, days: int) -> str:
    return (datetime.strptime(str(ds), "%Y-%m-%d") + timedelta(days=days)).strftime("%Y-%m-%d")


def _ds_format(ds: str, input_format: str, output_format: str) -> str:
    return datetime.strptime(str(ds), input_format).strftime(output_format)


# Those of airflow.sdk, which lint must do without.
_MACROS: Mapping[str, Any] = {"ds_add": _ds_add, "ds_format": _ds_format, "datetime": datetime, "timedelta": timedelta}
_FILTERS: Mapping[str, Any] = {
    "ds": lambda value: value and value.strftime("%Y-%m-%d"),
    "ds_nodash": lambda value: value and value.strftime("%Y%m%d"),
    "ts": lambda value: value and value.isoformat(),
    "ts_nodash": lambda value: value and value.strftime("%Y%m%dT%H%M%S"),
    "ts_nodash_with_tz": lambda value: value and value.isoformat().replace("-", "").replace(":", ""),
}
