"""The build log: a row for each version."""

from datetime import datetime
from typing import Protocol

from summary_tables.model.build import BuildRun
from summary_tables.model.table import SummaryTable


class BuildStatements(Protocol):
    """The build log: a row for each version."""

    def log_build(
        self,
        table: SummaryTable,
        run: BuildRun,
        version: str,
        started_at: datetime,
        rows: int,
        columns: tuple[str, ...],
        strategy: str = "replace",
    ) -> str:
        """The row of a version that a run made."""

    def log_migration(self, table: SummaryTable, version: str, moved_at: datetime, columns: tuple[str, ...]) -> str:
        """The row of a plain table that became a version."""

    def find_build(self, schema: str, table: str, version: str) -> str:
        """The log's row of one version of one table."""

    def standing_builds(self, schema: str, table: str) -> str:
        """The log's rows of the versions that runs made and that have not been dropped."""

    def next_moment(self, schema: str, table: str) -> str:
        """The moment at which a build begins: later than all that the log knows of the table."""

    def mark_published(self, schema: str, table: str, version: str) -> str:
        """Date the first time that readers saw a version."""

    def mark_applied(self, schema: str, table: str, increment: str, base: str) -> str:
        """Date the moment when readers saw what the increment adds, and say to which version."""

    def newest_increment(self, schema: str, table: str, base: str) -> str:
        """The log's row of the increment of the latest interval that was added to a version."""

    def increments_since(self, schema: str, table: str, base: str, started_at: datetime) -> str:
        """The log's rows of the increments of a version that began to be built after `started_at`."""

    def first_increment(self, schema: str, table: str, base: str) -> str:
        """The log's row of the increment that was the first to be added to a version."""

    def increments_of(self, schema: str, table: str, base: str) -> str:
        """The log's rows of all increments that were added to a version."""

    def increments_between(self, schema: str, table: str, base: str, start: datetime, end: datetime) -> str:
        """The log's rows of the increments of a version whose intervals share time with this one."""

    def zones(self, schema: str, table: str) -> str:
        """The versions that were built while the table had another time zone than UTC, each with the zone."""

    def last_published(self, schema: str, table: str) -> str:
        """The log's row of the build that readers were shown last."""

    def earlier_builds(self, table: SummaryTable, run: BuildRun) -> str:
        """A relation in brackets: the builds that readers have seen, of runs that were due before `run`.

        Its columns: `run_at`, `published_at`, `row_count`, `is_same_weekday`. What one run adds is compared with what
        others added, and a whole table with whole tables.
        """

    def no_earlier_builds(self) -> str:
        """The same relation without rows."""
