"""`append`: the rows of a run are added to the table. A run that is repeated replaces what it had added."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import run_moment
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.statements.increments import IncrementStatements
from summary_tables.warehouse.increments.overlap import SharedTime, shared_time
from summary_tables.warehouse.increments.shown_rows import shown_value, time_columns
from summary_tables.warehouse.increments.strategy import Addition, Asked, Change, Condition, Preview, Strategy, Whole


class Append(Strategy):
    """What a row is of, only the run that added it tells."""

    NAME = "append"
    DOUBLES = True

    def in_words(self, _refresh: Refresh, /) -> str:
        return "each run adds its rows"

    def preview_words(self, _refresh: Refresh, preview: Preview, /) -> str:
        replacing = "" if preview.gone == 0 else f", replacing what that run had added{preview.went}"
        return f"add {preview.rows} to {preview.target} for {preview.interval}{replacing}"

    def columns(self, _refresh: Refresh, /) -> Mapping[str, tuple[str, ...]]:
        return {}

    def shared_time(
        self, table: SummaryTable, run: Build | BuildRun, base: Build, near: Sequence[Build], /
    ) -> SharedTime:
        return shared_time(table, run, base, near)

    def change(self, sql: IncrementStatements, addition: Addition, base: str, /) -> Change:
        return Change(
            delete=sql.delete_of_runs(base, _moments(addition)),
            insert=sql.add_rows(base, addition.version, tuple(addition.types), addition.moment),
        )

    def replaced(self, sql: IncrementStatements, addition: Addition, /) -> Condition | None:
        if not addition.has_runs:
            return None
        return Condition(text=sql.is_of_runs(_moments(addition)), of_version=True)

    def whole(self, sql: IncrementStatements, addition: Addition, old: str, fresh: str, /) -> Whole:
        is_covered = addition.shared.others and not addition.shared.left
        return Whole(come=None) if is_covered else super().whole(sql, addition, old, fresh)

    def lost(self, asked: Asked, table: SummaryTable, live: str, whole: str, /) -> str:
        times = time_columns(asked, table)
        (seen, *old), (rows, *new) = (
            asked.rows(asked.sql.increments.first_days(one, times))[0] for one in (live, whole)
        )
        if rows < seen:
            return f"has {rows:,} rows, and readers have {seen:,}"
        days = zip(times, old, new, strict=True)
        later = [(name, before, after) for name, before, after in days if before and after and before < after]
        if not times or len(later) < len(times):
            return ""
        name, before, after = later[0]
        which = shown_value(asked, table, name, f": {after} instead of {before}")
        return f'begins with a later day of "{name}" than what readers have{which}'


def _moments(addition: Addition) -> list[datetime]:
    """Those of the run itself, and of the runs that it takes the place of."""
    return sorted({addition.moment, *map(run_moment, addition.shared.replaced)})
