"""What came of a check, as the log and a preview read it."""

from summary_tables.checks import CheckName, CheckResult
from summary_tables.model.check_run import CheckRun
from summary_tables.model.failure import Refusal


def checked(result: CheckResult | Refusal) -> tuple[bool, str, str, str]:
    name = CheckName(label="at least 12 rows", key="at least rows")
    check = CheckRun(step="output_check", position=1, name=name, severity="error", result=result)
    return check.passed, check.expected, check.actual, check.error


def test_what_was_found() -> None:
    assert checked(CheckResult(passed=True, expected="at least 12", actual="12")) == (True, "at least 12", "12", "")
    assert checked(CheckResult(passed=False, expected="at least 12", actual="7")) == (False, "at least 12", "7", "")


def test_a_check_that_could_not_be_asked_has_not_passed() -> None:
    assert checked(Refusal(error="There is no table.")) == (False, "", "", "There is no table.")
