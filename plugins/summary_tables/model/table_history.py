"""What the logs in the warehouse know of a table: its builds, and what its checks found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from summary_tables.checks import Severity
from summary_tables.model.build import Build, RollBack
from summary_tables.model.table import CheckStep
from summary_tables.model.version import Version

Outcome = Literal["failed", "warned", "passed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCheck:
    """A row of the check log. Times are UTC; `key` tells which check it is when its number changes, as in the log.

    `expected`, `actual` and `error` are the words of the message: where no value may be shown, none is in the log.
    """

    step: CheckStep
    position: int
    name: str
    key: str
    severity: Severity
    passed: bool
    expected: str
    actual: str
    error: str
    run_id: str
    run_at: datetime
    checked_at: datetime
    version: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingCheck:
    """A check that failed in the last run, and in the `runs` (1: only there) since it passed last.

    `since` is when the first of them was due.
    """

    check: LoggedCheck
    since: datetime
    runs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChecks:
    """What the checks of one run found: of a check that was asked again, the last answer counts.

    `failed` are those that stop the run, `warned` those that failed and do not. `checked_at`: the last of them.
    """

    run_id: str
    run_at: datetime
    checked_at: datetime
    passed: int
    failed: int = 0
    warned: int = 0

    @property
    def outcome(self) -> Outcome:
        """The worst of them."""
        return "failed" if self.failed else "warned" if self.warned else "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPoint:
    """A build as a chart shows it: when the run was due, how many rows it made (None: unknown) and in how long."""

    run_id: str
    run_at: datetime
    rows: int | None
    seconds: float
    is_published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHistory:
    """Of one table, newest first. What was not asked for is empty.

    Always asked for: `live` is the build that readers see (of a table that grows: that which others were added to),
    `newest` the one that was published last (there: the last that was added), `roll_back` what made `live` live, if it
    was one; `last_run` are the checks of the last run, and `failing` those of them that failed, errors first.
    For a row of the list: `points` and `runs`, the last builds and the checks of the last runs.
    For the table's own page: `builds`, `checks` (each time that one was asked), `roll_backs` and `versions` that stand.
    """

    live: Build | None = None
    newest: Build | None = None
    roll_back: RollBack | None = None
    last_run: RunChecks | None = None
    failing: tuple[FailingCheck, ...] = ()
    points: tuple[BuildPoint, ...] = ()
    runs: tuple[RunChecks, ...] = ()
    builds: tuple[Build, ...] = ()
    checks: tuple[LoggedCheck, ...] = ()
    roll_backs: tuple[RollBack, ...] = ()
    versions: tuple[Version, ...] = ()
