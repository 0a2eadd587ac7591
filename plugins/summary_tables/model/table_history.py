"""What the logs in the warehouse know of a table: its builds, and what its checks found."""

from dataclasses import dataclass
from datetime import datetime

from summary_tables.checks import Severity
from summary_tables.model.build import Build, RollBack
from summary_tables.model.table import CheckStep


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCheck:
    """A row of the check log. Times are UTC; `key` tells which check it is when its number changes, as in the log."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHistory:
    """Of one table, newest first, as far back as was asked for.

    `live` is the build that readers see, also where it is older than `builds`, and `roll_back` what made it live.
    """

    builds: tuple[Build, ...] = ()
    checks: tuple[LoggedCheck, ...] = ()
    live: Build | None = None
    roll_back: RollBack | None = None
