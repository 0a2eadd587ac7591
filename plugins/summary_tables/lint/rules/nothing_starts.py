"""A table that waits for tables of others is started by something.

Those are looked at, and start no run.

With `any`, each of its items starts a run, or, with `at`, all of them are waited for.

PASS: `schedule: {at: "0 6 * * *", after: [{table: raw_data.orders, column: loaded_at, within_hours: 6}]}`
FAIL: the same without `at`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import parent_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.parents import SourceParent
from summary_tables.model.problem import Finding, Place

_FIX = 'write the times at which a run begins to wait, e.g. `at: "0 6 * * *"`, beside `after`'


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule = file.config.table.schedule
    if schedule.cron or not schedule.sources or (schedule.published and not schedule.any_of):
        return
    source, path = next((parent, path) for parent, path in parent_paths(schedule) if isinstance(parent, SourceParent))
    what = "the others of `any` would start runs, and this one would never" if schedule.published else "nothing would"
    yield Finding(
        place=file.place_of_setting((*path, "table")),
        message=f"{source.table}, which somebody else fills, starts no run of this table: {what}",
        fix=_FIX,
    )


RULE = Rule(check=check, level="error", stage="waiting")
