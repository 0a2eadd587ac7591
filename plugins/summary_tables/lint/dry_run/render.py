"""SQL as it stands in a file -> the SQL that a run would send, with a map back.

Templates come first, then `{schema}.temp_{table}`, then `{schema}` and `{table}`: as `runs.render` does it.
"""

from datetime import UTC, datetime, timedelta

from summary_tables.lint.dry_run.source_map import MappedText, Piece
from summary_tables.model.placeholders import FRESH_TABLE, NAME
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates.dates import template_dates
from summary_tables.sql.templates.template import fill_in
from summary_tables.text.moments import day_start, local


def yesterday() -> datetime:
    """The day that a daily run would be about now, in UTC: tables that are named after days stand for it."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)


def rendered(source: str, table: SummaryTable, *, fresh_table: str, day: datetime, dialect: Dialect) -> MappedText:
    """`source` with everything filled in, for a run about `day`. `fresh_table` is what `{schema}.temp_{table}` becomes.

    Raises `TemplateError`.
    """
    names = {"schema": table.schema, "table": table.table}
    fragments = fill_in(source, _names(day, table.timezone), dialect)
    return (
        MappedText(
            tuple(Piece(text=text, origin=at, length=size, is_copied=kept) for text, at, size, kept in fragments)
        )
        .replaced(FRESH_TABLE, lambda _: fresh_table)
        .replaced(NAME, lambda found: names[found[1]])
    )


def _names(day: datetime, zone: str) -> dict[str, object]:
    """Of a daily run, from midnight to midnight of the zone."""
    start, end = (local(zone, day_start(zone, each.date())) for each in (day, day + timedelta(days=1)))
    return template_dates(logical_date=start, start=start, end=end, due=start)
