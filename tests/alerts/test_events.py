"""One thing that is wrong has one cause, whatever the numbers and values of the day are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from summary_tables.alerts.events import failed, published, warned
from summary_tables.model.build import Build
from summary_tables.model.failure import Failure
from summary_tables.model.incident import Event
from summary_tables.model.table import SummaryTable
from summary_tables.runs.run_failure import RunFailure
from summary_tables.runs.run_warnings import RunWarnings

TABLE = SummaryTable(table="t", schema="s")
AT = datetime(2026, 11, 20, tzinfo=UTC)
CREATE = Failure(step="create", table="s.t", error='There is no column "skore". Did you mean "score"?')
CHECK = Failure(
    step="output_check", table="s.t", check="at least 12 rows", expected="at least 12", actual="7", failing_since="Now."
)


def causes(*failures: Failure, reason: str = "task_failure") -> tuple[str, ...]:
    report = RunFailure(table="s.t", dag_id="t", run_id="r", failures=failures, reason=reason)
    return failed(TABLE, report, AT).causes


def test_a_check_is_known_by_its_name_without_its_numbers() -> None:
    assert causes(CHECK) == ("output_check.at least rows",)
    assert causes(replace(CHECK, check="at least 20 rows", actual="9")) == causes(CHECK)
    assert causes(replace(CHECK, step="input_check")) != causes(CHECK)


@pytest.mark.parametrize(
    "other", ['There is no column "scoer". Did you mean "score"?', "There is no column 'a'. Did you mean `b`?"]
)
def test_an_error_is_known_by_its_words_without_values(other: str) -> None:
    assert causes(replace(CREATE, error=other)) == causes(CREATE)
    assert causes(replace(CREATE, error="It took longer than 60 minutes.")) != causes(CREATE)


def test_several_causes_and_none() -> None:
    assert causes(CHECK, CREATE, CHECK) == (*causes(CHECK), *causes(CREATE))
    assert causes(reason="timed_out") == ("run.timed_out",)


def test_a_run_that_waited_in_vain_is_one_cause_whatever_has_come_meanwhile() -> None:
    both = replace(CREATE, step="wait", error="a.one and a.two have not been published.")
    assert causes(both) == causes(replace(both, error="a.two has not been published.")) == ("wait",)


def test_who_what_and_when() -> None:
    table = replace(TABLE, owner="jin")
    report = RunFailure(table="s.t", dag_id="t", run_id="r", failures=(CHECK,))
    found = failed(table, report, AT)
    said = (found.kind, found.full_name, found.at, found.run_id, found.owner, found.notice)
    assert said == ("failed", "s.t", AT, "r", "jin", report.notice())
    warnings = RunWarnings(table="s.t", dag_id="t", run_id="r", warnings=(replace(CHECK, is_warning=True),))
    assert warned(table, warnings, AT) == Event(
        kind="warned", schema="s", table="t", at=AT, notice=warnings.notice(), run_id="r", owner="jin"
    )
    own = Event(kind="published", schema="s", table="t", at=AT, run_id="r", owner="jin")
    assert published(table, None, "r", AT) == own
    build = Build(version="v", run_id="r", run_at=AT, started_at=AT, published_at=AT, rows=3)
    assert published(table, build, "r", AT) == replace(own, built_at=build.built_at, rows=3)


def test_the_reason_is_one_sentence_for_people() -> None:
    report = RunFailure(table="s.t", dag_id="t", run_id="r", failures=(CHECK, CREATE))
    words = 'Output check "at least 12 rows" of s.t failed: expected at least 12, got 7.'
    assert failed(TABLE, report, AT).reason == words
    timed_out = replace(report, failures=(), reason="timed_out")
    assert failed(TABLE, timed_out, AT).reason == "The run failed: it took longer than it may and was stopped."
