"""What the catalogue asks the logs: of all tables at once, and of one."""

from collections.abc import Sequence
from typing import Final, Protocol

from summary_tables.model.logs import BUILD_LOG, CHECK_LOG, LogTable

BOTH_LOGS: Final = (BUILD_LOG, CHECK_LOG)


class TableHistoryStatements(Protocol):
    """Each reads what the builds and the checks wrote, and nothing else. Tables are in no order."""

    def last_builds(self) -> str:
        """Of every table that the build log knows: schema, name, is it live, the columns of a build.

        A row for the version that readers see and one for what was published last; one row where they are the same,
        and one whose build is NULL where there is neither.
        """

    def last_checks(self) -> str:
        """Of the last run of every table that the check log knows: schema, name, how many checks passed, failed and
        warned, when the last was asked, when this one failed first and in how many runs since it passed last, the
        columns of a check.

        A row for each check that failed; one for any other where none did. Of a check that was asked again, the last
        answer counts; what a run asked more than two days before its end does not.
        """

    def recent_runs(self, names: Sequence[tuple[str, str]], runs: int, logs: Sequence[LogTable] = BOTH_LOGS) -> str:
        """Of the tables with these schemas and names, the last builds and the checks of the last runs, newest first;
        `logs`: those that there are.

        Schema, name, `build` or `checks`, run id, when it was due, and then of a build: the rows, NULL, NULL, when it
        began, when it ended, when it was published; of checks: how many passed, failed, warned, the moment of the last.
        """

    def builds_of(self, schema: str, table: str, most: int) -> str:
        """Of one table, newest first, the last `most` builds and all that stand: is there a log of roll-backs, is it
        live, does it stand, how many runs were added to it, when the last of them was due, the columns of a build, the
        origin."""

    def checks_of(self, schema: str, table: str, runs: int) -> str:
        """Of one table, newest first, the checks of its last `runs` runs, each time that one was asked: when it failed
        first since it passed last, the columns of a check."""
