"""A table that replaces the rows of a run's data interval has a cron schedule, which gives each run one.

A table that is built after others, or by hand, has no interval: nobody could say which rows a run replaces.

PASS: `refresh: {delete_insert: {time_column: date}}` with `schedule: "0 3 * * *"`
FAIL: the same with `schedule: {after: [analytics.mau_summary]}`, with `none` or without a schedule
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import any_of
from summary_tables.warehouse.increments.strategies import STRATEGIES, strategy_named

_OTHERS = any_of(f"`{strategy.NAME}`" for strategy in STRATEGIES if not strategy.NEEDS_INTERVAL)


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    table = file.config.table
    strategy = table.refresh.strategy
    if table.schedule.cron or not table.refresh.is_incremental or not strategy_named(strategy).NEEDS_INTERVAL:
        return
    how = "built after other tables" if table.schedule.after else "started by hand"
    yield Finding(
        place=file.document.span_of_key(("refresh", strategy)),
        message=f"`{strategy}` replaces the rows of a run's data interval, and a run that is {how} has none",
        fix=f'write a schedule such as `schedule: "0 3 * * *"`, or a `refresh` of another kind: {_OTHERS}',
    )


RULE = Rule(check=check, level="error", stage="build")
