"""What checks found, as rows of the check log."""

from typing import Any

from summary_tables.checks import CheckName, CheckResult
from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.failure import Refusal
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.logs.check_log import FailingSince
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, run
from tests.warehouse.postgres.in_session import log_check

Logged = tuple[SummaryTable, BuildRun, CheckRun]


def checked(
    number: int = 1,
    *,
    passed: bool = False,
    try_number: int = 1,
    table: SummaryTable = TABLE,
    expected: str = "",
    actual: str = "",
    error: str = "",
    **changes: Any,
) -> Logged:
    """What one check found in the run of that number."""
    values: dict[str, Any] = {
        "step": "output_check",
        "position": 2,
        "name": CheckName(label="at least 12 rows", key="at least rows"),
        "severity": "error",
        "seconds": 0.25,
    }
    found = Refusal(error=error) if error else CheckResult(passed=passed, expected=expected, actual=actual)
    return table, run(number, try_number), CheckRun(result=found, **{**values, **changes})


def log(database: Database, *found: Logged, **options: Any) -> FailingSince | None:
    """What is known after the last one."""
    with database.connect() as connection:
        *_, last = [log_check(connection, WAREHOUSE, *each, **options) for each in found]
    return last
