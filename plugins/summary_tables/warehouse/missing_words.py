"""What people read about a table that lacks rows since it was rolled back. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from summary_tables.model import MissingRuns, SummaryTable
from summary_tables.warehouse.spoken_time import spoken_due

_MOST = 5
_A_MINUTE = timedelta(minutes=1)
_ANEW = 'start a run with the configuration {"full_refresh": true}'


def missing_words(table: SummaryTable, missing: MissingRuns) -> str:
    """Which rows are missing, and how they come back: plain sentences, with a command of Airflow."""
    what = _cut([*map(_spoken, missing.spans), *(f"the run due {spoken_due(moment)}" for moment in missing.moments)])
    words = f"Missing in {table.full_name} since it was rolled back: the rows of {what}."
    if not missing.spans or missing.moments:
        return f"{words} To build the whole table anew, {_ANEW}."
    commands = "; ".join(_backfills(table, missing))
    return f"{words} To add them again: {commands}. To build the whole table anew instead, {_ANEW}."


def _backfills(table: SummaryTable, missing: MissingRuns) -> Iterator[str]:
    """Airflow tells a run by the beginning of its interval. A day that is there already may be built again."""
    spans = missing.spans if len(missing.spans) <= _MOST else ((missing.spans[0][0], missing.spans[-1][1]),)
    for start, end in spans:
        days = f"--from-date {_iso(start)} --to-date {_iso(end - _A_MINUTE)}"
        yield f"airflow backfill create --dag-id {table.table} {days} --reprocess-behavior completed"


def _spoken(span: tuple[datetime, datetime]) -> str:
    return f"{spoken_due(span[0]).removesuffix(' UTC')} to {spoken_due(span[1])}"


def _cut(texts: list[str]) -> str:
    more = len(texts) - _MOST
    return ", ".join(texts[:_MOST]) + (f" and {more:,} more" if more > 0 else "")


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
