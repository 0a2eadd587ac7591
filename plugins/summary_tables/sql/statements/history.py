"""The versions that the logs know, and rolling back."""

from typing import Protocol


class HistoryStatements(Protocol):
    """The versions that the logs know, and rolling back."""

    def logged_versions(self, schema: str, table: str) -> str:
        """The columns of a build, and the origin, of versions that stand."""

    def added_runs(self, schema: str, table: str) -> str:
        """What was added to the versions of a table: the version, how many runs, when the last of them was due."""

    def logged_tables(self) -> str:
        """Every table that the build log knows: schema, name, rows in the log, when one was published last."""

    def logged_names(self) -> str:
        """The names of all versions that the build log knows."""

    def log_roll_back(self, schema: str, table: str, from_version: str, to_version: str, role: str) -> str:
        """The row of one roll-back, now."""

    def roll_backs(self, schema: str, table: str) -> str:
        """The roll-backs of a table, first to last: both versions, when each was shown first, when and by whom."""
