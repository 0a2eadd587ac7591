"""SQL as it stands in a file -> the SQL that a run would send, with a map back.

Jinja comes first, then `{schema}.temp_{table}`, then `{schema}` and `{table}`: as in `airflow_step_operator`, with the
dates of `template_dates`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from summary_tables.dry_run.mapped_text import MappedText, Piece
from summary_tables.placeholders import fill_fresh_table, fill_names
from summary_tables.template_dates import template_dates
from summary_tables.template_sandbox import filled_in


def yesterday() -> datetime:
    """The day that a daily run would be about now, in UTC: tables that are named after days stand for it."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)


def rendered(source: str, *, schema: str, table: str, fresh_table: str, day: datetime) -> MappedText:
    """`source` with everything filled in, for a run about `day`. `fresh_table` is what `{schema}.temp_{table}` becomes.

    Raises `TemplateError`.
    """
    marked = filled_in(_marked(source), _names(day))
    marked = fill_names(fill_fresh_table(marked, _FRESH), schema=_SCHEMA, table=_TABLE)
    names = {_FRESH: (fresh_table, _FRESH_SOURCE), _SCHEMA: (schema, "{schema}"), _TABLE: (table, "{table}")}
    return MappedText(tuple(_pieces(marked, names)))


# A file cannot hold control characters, so these stand for nothing else.
_FRESH, _SCHEMA, _TABLE = "\x02", "\x03", "\x04"
_FRESH_SOURCE = "{schema}.temp_{table}"
_MARK = re.compile("\x00([cv])([0-9]+),([0-9]+)\x01|([\x02\x03\x04])|([^\x00-\x04]+)")
_QUOTED = r"""'[^'\\]*+(?:\\.[^'\\]*+)*'|"[^"\\]*+(?:\\.[^"\\]*+)*\""""
_TEMPLATE = re.compile(
    rf"(?P<value>{{{{(?:{_QUOTED}|}}(?!}})|[^'\"}}]++)*}}}})"
    rf"|{{%(?:{_QUOTED}|%(?!}})|[^'\"%]++)*%}}|{{#(?:[^#]++|#(?!}}))*#}}"
    # One that never ends: nothing behind it has to be looked at.
    r"|\{[{%#].*",
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


def _names(day: datetime) -> dict[str, object]:
    return template_dates(logical_date=day, start=day, end=day + timedelta(days=1), due=day)
