"""What dbt does otherwise with the rows of a table that grows."""

from collections.abc import Collection, Iterator

from summary_tables.checks.kinds.not_null import NotNull
from summary_tables.checks.kinds.unique import Unique
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.configs.table_file import TableFile
from summary_tables.model.table import SummaryTable


def growth_remarks(file: TableFile, dates: Collection[str]) -> Iterator[Remark]:
    """`dates` are those that the query names."""
    table = file.config.table
    if not table.refresh.is_incremental:
        return
    if table.refresh.strategy == "append":
        message = "a build of the same interval again adds its rows a second time"
        yield _warning(message, fix="use `delete_insert` here, or build each interval once")
    if table.refresh.strategy == "delete_insert":
        yield from _of_interval(table)
    if table.refresh.strategy == "merge" and not _has_checked_key(table):
        message = "rows of a build with the same key, or with none, are all added, where a run here is refused"
        yield _warning(message, fix="check here that the key is `unique` and `not_null`")
    if table.schedule.cron:
        yield _of_first_build(names_start="data_interval_start" in dates)


def _of_interval(table: SummaryTable) -> Iterator[Remark]:
    yield _warning("a build adds rows of other intervals than its own, too, where a run here is refused")
    if not table.refresh.may_be_empty:
        yield _warning(
            "a build whose query gives no rows takes away those of its interval, where a run here is refused"
        )


def _of_first_build(*, names_start: bool) -> Remark:
    message = "dbt does not know which intervals are missing"
    fix = "build them one after the other, each named by --vars"
    if names_start:
        message += ": the first build takes all since the beginning for one"
        return Remark(path=("refresh",), message=message, fix=fix)
    return _warning(
        f"{message}, nor does the query name `data_interval_start`: the first build has one interval", fix=fix
    )


def _has_checked_key(table: SummaryTable) -> bool:
    """A row that comes twice, or without a key, fails a test."""
    key, checks = set(table.refresh.unique_key), table.output_check
    filled = {column for check in checks if isinstance(check, NotNull) for column in check.columns}
    return key <= filled and any(isinstance(check, Unique) and set(check.columns) <= key for check in checks)


def _warning(message: str, *, fix: str = "") -> Remark:
    return Remark(path=("refresh",), message=message, fix=fix, level="warning")
