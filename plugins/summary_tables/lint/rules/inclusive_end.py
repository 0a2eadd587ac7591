"""The query of a table that grows takes its interval from its start, and up to, but without, its end.

`BETWEEN` takes in both ends. What is of exactly the end is in the next run, too: `append` has it twice. With `>` the
beginning is in no run at all. A day ends where the next one begins, not at 23:59:59.

PASS: `WHERE ts >= '{{ data_interval_start }}' AND ts < '{{ data_interval_end }}'`
FAIL: with `refresh: append`, `WHERE ts BETWEEN '{{ data_interval_start }}' AND '{{ data_interval_end }}'`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.pitfalls.interval_ends import inclusive_ends
from summary_tables.warehouse.increments.strategies import strategy_named


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    refresh, query = file.config.table.refresh, file.main_query
    if not refresh.is_incremental:
        return
    strategy = strategy_named(refresh.strategy)
    found = inclusive_ends(
        query.text,
        query.dialect,
        days=_days(file.config.table.schedule.cron),
        # A row that is outside of its run's interval is refused.
        doubles=strategy.DOUBLES or strategy.NEEDS_INTERVAL,
        losing_is_fine=not strategy.NEEDS_INTERVAL,
    )
    for one in found:
        first_line = query.text[one.place.offset : one.place.end].partition("\n")[0]
        place = file.place_in(query, one.place.offset, len(first_line.rstrip()))
        yield Finding(place=place, message=one.message, fix=one.fix)


RULE = Rule(check=check, level="warning")


def _days(text: str) -> int | None:
    """How many days a run covers: one, or seven; None: anything else."""
    if not text or cron_mistake.mistake(text):
        return None
    times = cron.times(text)
    if (len(times.minutes), len(times.hours)) != (1, 1) or not times.any_day:
        return None
    return 1 if times.any_weekday else {1: 7, 7: 1}.get(len(times.weekdays))
