"""The logs: tables beside the versions."""

from datetime import timedelta
from typing import Protocol

from summary_tables.model.logs import LogTable


class LogStatements(Protocol):
    """The logs: tables beside the versions."""

    def create_log(self, log: LogTable) -> tuple[str, ...]:
        """A log with its comments."""

    def add_log_column(self, log: LogTable, name: str) -> tuple[str, ...]:
        """A column that a log of an earlier release lacks, with its comment."""

    def log_index(self, log: LogTable) -> tuple[str, ...]:
        """A row if the log has the index that `searched_by` asks for; empty where the warehouse has no indexes."""

    def add_log_index(self, log: LogTable) -> tuple[str, ...]:
        """The index by `searched_by`. Whoever reads the log goes on reading it meanwhile."""

    def own_log(self, log: LogTable, role: str) -> str:
        """Give a log to the role that builds and publishes."""

    def need_no_disk(self) -> tuple[str, ...]:
        """In a transaction: its COMMIT does not wait until the disk has it.

        A server that crashes in the same second may forget it, as a whole. What comes later waits for it, too.
        """

    def forget(self, log: LogTable, schema: str, table: str) -> str:
        """Delete what a log knows of a table."""

    def prune_checks(self, schema: str, table: str, age: timedelta) -> str:
        """Delete the checks of a table that were run longer ago than `age`."""

    def prune_builds(self, schema: str, table: str, age: timedelta, *, roll_backs: bool) -> str:
        """Delete the builds of a table, older than `age`, whose version has been dropped and that nothing names.

        What stands says of itself what it was added to, and the roll-back log, where there is one, names versions.
        Of what stands, it must be known for ever which times were added to it.
        """

    def declared(self, schema: str, table: str) -> str:
        """What the file gave the table when it was published last: readers, comments."""

    def log_declared(self, schema: str, table: str, readers: str, comments: str) -> str:
        """The row of it, now; `forget` goes before."""
