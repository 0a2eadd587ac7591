"""What dbt says on its way is what people hear where its results do not say it."""

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from summary_tables.dbt.events import Event
from summary_tables.dbt.run_results import NodeResult, SourceAge
from summary_tables.runs.dbt_build.said import DbtRefusal, Said

SECRET = "s3cret-of-the-builder"
DIVIDED = "[ERROR]: Unhandled error while executing \nException on worker thread. Database Error\n  division by zero"


def line(name: str, message: str, level: str = "error", node: str = "") -> str:
    return json.dumps(
        {"info": {"name": name, "level": level, "msg": message}, "data": {"node_info": {"unique_id": node}}}
    )


def said(*lines: str, code: int = 2) -> Said:
    found = Said(tell=lambda _: None, secret=SECRET)
    for each in lines:
        found.line(each)
    found.code = code
    return found


def test_password_is_hidden_however_it_is_written() -> None:
    told: list[Event] = []
    found = Said(tell=told.append, secret='p"a\\ss')
    found.line(line("Any", 'of p"a\\ss', "info"))
    found.line('no json: p"a\\ss')
    found.code = 2
    assert [each.message for each in told] == ["of ***"]
    assert found.refusal(Path(), Path("/dbt")).error == "no json: ***."


def test_a_fault_of_dbt_itself_is_no_traceback() -> None:
    """What dbt 1.12 says of the key `off` in `dbt_project.yml`, which YAML takes as false."""
    found = said(
        line("MainEncounteredError", "Encountered an error:\n'bool' object has no attribute 'startswith'"),
        line(
            "MainStackTrace", 'Traceback (most recent call last):\n  File "/dbt/cli/requires.py", line 198, in wrapper'
        ),
    )
    assert found.refusal(Path("/shop"), Path("/dbt")).error == (
        "dbt itself failed, and does not say on which file: 'bool' object has no attribute 'startswith'. Look at what "
        "was changed last in the project; `dbt parse` in its folder shows where in dbt it was."
    )


@pytest.mark.parametrize("secret", ["info", "a", ""])
def test_short_password_leaves_words_alone(secret: str) -> None:
    told: list[Event] = []
    Said(tell=told.append, secret=secret).line(line("Any", "information", "info"))
    assert [each.message for each in told] == ["information"]


def test_source_of_which_dbt_could_not_find_out_is_not_lost() -> None:
    found = said(
        line("LogFreshnessResult", "1 of 3 ERROR STALE freshness of raw.old", node="source.odd.raw.old"),
        line("LogFreshnessResult", "2 of 3 ERROR freshness of raw.gone", node="source.odd.raw.gone"),
        line("LogFreshnessResult", "3 of 3 PASS freshness of raw.new", "info", "source.odd.raw.new"),
        line("RunResultError", 'Database Error in source gone (models/s.yml)\n  relation "gone" does not exist'),
    )
    old = SourceAge(unique_id="source.odd.raw.old", status="error", hours=5)
    (unanswered,) = found.unanswered([old])
    assert unanswered == SourceAge(
        unique_id="source.odd.raw.gone",
        status="runtime error",
        message='Database Error in source gone (models/s.yml)\n  relation "gone" does not exist',
    )
    assert unanswered.has_failed


@pytest.mark.parametrize("message", ["ERROR", "PARTIAL SUCCESS (4/5)"])
def test_model_that_is_built_day_by_day_says_why_it_failed(message: str) -> None:
    found = said(line("GenericExceptionOnRun", DIVIDED), code=1)
    result = NodeResult(unique_id="model.odd.a", status="error", message=message)
    assert found.with_cause(result).message == "Database Error\n  division by zero"
    two = said(
        line("GenericExceptionOnRun", "of b", node="model.odd.b"),
        line("GenericExceptionOnRun", "of a", node="model.odd.a"),
    )
    assert two.with_cause(result).message == "of a"
    assert two.with_cause(replace(result, unique_id="model.odd.c")).message == message
    other = NodeResult(unique_id="model.odd.a", status="error", message="Database Error in model a (a.sql)\n  no")
    assert found.with_cause(other) == other


def test_password_of_the_warehouse_is_in_nothing_that_is_handed_on() -> None:
    heard: list[str] = []
    found = Said(tell=lambda event: heard.append(event.message), secret=SECRET)
    found.line(line("JinjaLogInfo", f"it is {SECRET}", "info"))
    found.line(line("MainEncounteredError", f"no {SECRET}"))
    found.line(f"Traceback {SECRET}")
    result = NodeResult(unique_id="model.odd.a", status="error", message=SECRET, compiled_code=f"select '{SECRET}'")
    cleaned = found.with_cause(result)
    assert heard == ["it is ***", "no ***"]
    assert (cleaned.message, cleaned.compiled_code) == ("***", "select '***'")
    assert SECRET not in f"{found!r} {found.refusal(Path(), Path('/dbt'))}"


def test_what_ends_it_before_its_results(tmp_path: Path) -> None:
    for folder in ("models/marts", "target/run/marts", "dbt_packages/odd/marts", "logs/marts", "models/other"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "s.yml").touch()
    broken = (
        "Parsing Error\n  Error reading odd: marts/s.yml - Runtime Error\n    Syntax error near line 3\n    3  | x: ["
    )
    assert said(line("MainEncounteredError", broken)).refusal(tmp_path, Path("/dbt")) == DbtRefusal(
        error="Syntax error near line 3.",
        details="3  | x: [",
        may_pass=True,
        place="models/marts/s.yml:3",
        live="Nothing was built.",
    )
    begun = line("LogStartLine", "1 of 2 START sql table model odd.a", "info", "model.odd.a")
    assert said(begun, code=-signal.SIGKILL).refusal(tmp_path, Path("/dbt")) == DbtRefusal(
        error="dbt was ended from outside (signal 9, as a machine does that is out of memory).", may_pass=True
    )
    lost = line("LogModelResult", "2 of 3 ERROR creating odd.b ..... [ERROR in 1.05s]", node="model.odd.b")
    closed = "Database Error\n  server closed the connection unexpectedly"
    assert said(begun, lost, line("MainEncounteredError", closed)).refusal(tmp_path, Path("/dbt")) == DbtRefusal(
        error="server closed the connection unexpectedly.", may_pass=True
    )


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["Traceback", "  ImportError: no dbt"], "ImportError: no dbt."),
        (["dbt 2.0", "error: unexpected argument --no-use-colors"], "error: unexpected argument --no-use-colors."),
        ([], "it ended with code 2 and said nothing."),
    ],
)
def test_program_that_is_no_dbt_of_ours(lines: list[str], words: str) -> None:
    assert said(*lines).refusal(Path(), Path("/dbt")) == DbtRefusal(
        error=f"/dbt does not answer as dbt-core 1 does: {words}", may_pass=True, live="Nothing was built."
    )
