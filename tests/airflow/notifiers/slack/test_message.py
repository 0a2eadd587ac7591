"""The alert as it is sent, compared whole; and that no input makes it one that Slack refuses."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from summary_tables.airflow.notifiers.slack.message import SlackMessage, slack_message
from summary_tables.alerts import words
from summary_tables.model.failure import Failure
from summary_tables.model.incident import Event, Incident
from summary_tables.runs.report import NextRun, RunReport
from summary_tables.runs.run_failure import RunFailure, with_unreadable_record, without_record
from summary_tables.runs.run_warnings import RunWarnings
from tests.fake_slack import payload_problem

GOLDEN = Path(__file__).parents[3] / "golden" / "slack"
TABLE = "analytics.nps_summary"
LIVE = "The live table was not changed: it holds the build of 2026-11-21 03:00 UTC."
CONFIG = "https://github.com/acme/tables/blob/main/dag_configs/nps_summary.yaml"

INPUT_CHECK = Failure(
    step="input_check",
    table=TABLE,
    check="at least 150,000 rows",
    check_index=0,
    expected="at least 150,000",
    actual="100,000",
    sql="SELECT COUNT(1) FROM raw_data.nps",
    live=LIVE,
)
OUTPUT_CHECK = Failure(
    step="output_check",
    table=TABLE,
    check="at least 12 rows",
    check_index=1,
    expected="at least 12",
    actual="7",
    sql="SELECT COUNT(1)\nFROM summary_tables.nps_summary__20261122\nWHERE nps < 100 AND nps > -100",
    live=LIVE,
)
CREATE = Failure(
    step="create",
    table=TABLE,
    error='PostgreSQL does not know the column "skore". Did you mean "score"?',
    sql="SELECT LEFT(created_at, 10) AS date, AVG(skore) AS nps\nFROM raw_data.nps\nGROUP BY 1",
    live=LIVE,
)
COLUMNS = Failure(
    step="create",
    table=TABLE,
    error='The columns of the query are not those of `columns` in the file: "nps" is text and not numeric; "email" is '
    "missing. Mend the query, or, where the query is right, `columns`.",
    details="in the file     in the query\ndate   date     date  date\nnps    numeric  nps   text  <- another type\n"
    "email  text     -           <- missing",
    sql="SELECT 1",
    live=LIVE,
)
COLUMN_CHECK = Failure(
    step="output_check",
    table=TABLE,
    check="no empty value in nps",
    check_index=3,
    column="nps",
    expected="no empty value in nps",
    actual="1 NULL in nps",
    sql="SELECT 1",
    live=LIVE,
)
PUBLISH = Failure(
    step="publish",
    table=TABLE,
    error="The live table has a column `nps` that the new build lacks, and other people's views may use it.",
    live=LIVE,
)


def a_run(*failures: Failure | None) -> RunFailure:
    """A scheduled run with everything known."""
    return RunFailure(
        table=TABLE,
        dag_id="nps_summary",
        run_id="scheduled__2026-11-22T03:00:00+00:00",
        failures=tuple(filter(None, failures)),
        reason="task_failure",
        owner="growth",
        run_at=datetime(2026, 11, 22, 3, tzinfo=UTC),
        try_number=2,
        tries=2,
        log_url="https://airflow.acme.com/dags/nps_summary/runs/scheduled__2026-11-22T03%3A00%3A00%2B00%3A00/tasks/create",
        config_url=f"{CONFIG}#L12",
        next_run=NextRun(due=datetime(2026, 11, 23, 3, tzinfo=UTC)),
        environment="production",
    )


def several(run: RunFailure) -> RunFailure:
    """What the callback knows when more than one step failed."""
    page = "https://airflow.acme.com/dags/nps_summary/runs/scheduled__2026-11-22T03%3A00%3A00%2B00%3A00"
    return replace(run, try_number=0, tries=0, log_url=page, log_is_run=True)


SECOND_CHECK = replace(
    INPUT_CHECK, check="scores from 0 to 10", check_index=1, expected="0", actual="3 & more", live=""
)
KOREAN = replace(
    INPUT_CHECK,
    table="analytics.월간_요약",
    check="행이 12개 이상 🙏🏽",
    expected="12 이상",
    actual="7 😱",
    sql="SELECT '한글 <&>'",
)

TWICE = Failure(
    step="output_check",
    table=TABLE,
    check="하루에 한 행",
    check_index=1,
    expected="one row for each 이 름 and date",
    actual='2 combinations that stand in several rows ("서울 😀, it\'s", "say ""hi"", 2026-11-22")',
    sql='SELECT COUNT(1) AS bad FROM "summary_tables"."v" AS checked WHERE "이 름" IS NOT NULL',
    live=LIVE,
)
OTHER_VALUES = replace(
    TWICE,
    check='only A, "it\'s", "C, D" in channel',
    check_index=2,
    expected='only A, "it\'s", "C, D" in channel',
    actual='5 rows with other values ("한국 & <미국>", NULL_, "*", ...)',
    live="",
)
WARNING = replace(OUTPUT_CHECK, live="", is_warning=True)
UNANSWERED = Failure(
    step="output_check",
    table=TABLE,
    check="no empty value in 이름",
    check_index=3,
    error='There is no column "이름", line 2 of the query.',
    is_warning=True,
)

ROWS_MISSING = Failure(
    step="publish",
    table=TABLE,
    error=(
        "No run has added the rows of 2026-11-21 06:00 to 2026-11-22 00:00 UTC to analytics.nps_summary. To add them, "
        'start a run with the configuration {"data_interval_start": "2026-11-21 06:00 UTC", "data_interval_end": '
        '"2026-11-22 00:00 UTC"}.'
    ),
    is_warning=True,
)


def warned(*warnings: Failure) -> RunWarnings:
    """A scheduled run that published, with everything known."""
    page = "https://airflow.acme.com/dags/nps_summary/runs/scheduled__2026-11-22T03%3A00%3A00%2B00%3A00"
    only = len(warnings) == 1
    return RunWarnings(
        table=TABLE,
        dag_id="nps_summary",
        run_id="scheduled__2026-11-22T03:00:00+00:00",
        warnings=warnings,
        owner="growth",
        run_at=datetime(2026, 11, 22, 3, tzinfo=UTC),
        log_url=f"{page}/tasks/output_check.at_least_12_rows" if only else page,
        log_is_run=not only,
        config_url=f"{CONFIG}#L12",
        next_run=NextRun(due=datetime(2026, 11, 23, 3, tzinfo=UTC)),
        environment="production",
    )


SINCE = "Failing since 2026-11-20 03:00 UTC (3 runs)."


def laid_out(report: RunReport, mentioned: str = "") -> SlackMessage:
    return slack_message(report.notice(), mentioned)


INCIDENT = Incident(
    incident_id="1",
    schema="analytics",
    table="nps_summary",
    kind="failed",
    about="build",
    opened_at=datetime(2026, 11, 20, 3, 4, tzinfo=UTC),
    seen_at=datetime(2026, 11, 22, 3, 4, tzinfo=UTC),
    failed_runs=5,
    live_at=datetime(2026, 11, 19, 3, tzinfo=UTC),
    reason='Output check "at least 12 rows" of analytics.nps_summary failed: expected at least 12, got 7.',
)
BUILT = datetime(2026, 11, 22, 9, 12, tzinfo=UTC)
STILL = Event(
    kind="failed",
    schema="analytics",
    table="nps_summary",
    at=BUILT,
    notice=a_run(OUTPUT_CHECK).notice(),
    owner="growth",
)
PUBLISHED = replace(STILL, kind="published", notice=None, built_at=BUILT, rows=92)

CASES = {
    "works_again": slack_message(words.recovery(INCIDENT, PUBLISHED, "UTC", BUILT)),
    "still_failing": slack_message(words.reminder(INCIDENT, STILL, "UTC", BUILT), "<@U012AB3CD>"),
    "another_cause": slack_message(words.other_cause(a_run(CREATE).notice(), INCIDENT, "UTC", BUILT)),
    "failing_since": laid_out(
        several(a_run(replace(OUTPUT_CHECK, failing_since=SINCE), replace(SECOND_CHECK, failing_since=SINCE)))
    ),
    "warning_since": laid_out(warned(replace(WARNING, failing_since=SINCE))),
    "named_checks": laid_out(several(a_run(TWICE, OTHER_VALUES)), "<!here>"),
    "failed_and_warned": laid_out(replace(a_run(OUTPUT_CHECK), warnings=(WARNING, UNANSWERED))),
    "timed_out_and_warned": laid_out(replace(a_run(), reason="timed_out", tries=0, warnings=(WARNING,))),
    "rows_missing": laid_out(warned(ROWS_MISSING)),
    "rows_missing_and_a_warning": laid_out(warned(WARNING, ROWS_MISSING)),
    "one_warning": laid_out(warned(WARNING)),
    "several_warnings": laid_out(warned(replace(OTHER_VALUES, is_warning=True), UNANSWERED, WARNING)),
    "many_warnings": laid_out(warned(*[replace(WARNING, actual="y" * 999)] * 14)),
    "input_check": laid_out(a_run(INPUT_CHECK)),
    "output_check": laid_out(a_run(OUTPUT_CHECK), "<@U012AB3CD>"),
    "create": laid_out(a_run(CREATE)),
    "columns": laid_out(a_run(COLUMNS)),
    "column_check": laid_out(a_run(COLUMN_CHECK)),
    "publish": laid_out(a_run(PUBLISH)),
    "killed_create": laid_out(a_run(without_record(TABLE, "create"))),
    "killed_publish": laid_out(a_run(without_record(TABLE, "publish"))),
    "unreadable_record": laid_out(a_run(with_unreadable_record(TABLE, "input_check.at_least_12"))),
    "two_failures": laid_out(several(a_run(INPUT_CHECK, SECOND_CHECK)), "<!here>"),
    "many_failures": laid_out(several(a_run(*([INPUT_CHECK, replace(CREATE, error="y" * 999)] * 7)))),
    "timed_out": laid_out(replace(a_run(), reason="timed_out", try_number=0, tries=0)),
    "unknown_reason": laid_out(replace(a_run(), reason="new_word", try_number=0, tries=0)),
    "korean_and_emoji": laid_out(replace(a_run(KOREAN), table=KOREAN.table, owner="성장팀 🚀")),
    "very_long": laid_out(a_run(replace(CREATE, error="ERROR <&> " * 900, sql="SELECT '&' -- 😱\n" * 900))),
    "catches_up": laid_out(
        replace(a_run(INPUT_CHECK), next_run=NextRun(due=datetime(2026, 3, 3, 3, tzinfo=UTC), is_late=True))
    ),
    "no_links": laid_out(replace(a_run(INPUT_CHECK), log_url="", config_url="", next_run=None, environment="")),
    "hostile": laid_out(
        a_run(
            replace(
                OUTPUT_CHECK,
                check="*bold* <!channel> & <https://evil.example|click>",
                actual="<!everyone>",
                sql="SELECT '```' || '````' -- <!here> \x00\ud800",
            )
        ),
        "<!here> <script>",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_whole_message(name: str) -> None:
    message = CASES[name]
    sent = {"words": message.words, "text": message.text, "blocks": list(message.blocks)}
    path = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(json.dumps(sent, indent=2, ensure_ascii=False) + "\n")
    assert json.loads(path.read_text()) == json.loads(json.dumps(sent))


def test_every_golden_file_has_its_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_slack_takes_every_case(name: str) -> None:
    message = CASES[name]
    assert_good(message.text, message.blocks)


def assert_good(text: str, blocks: tuple[dict[str, object], ...]) -> None:
    """Neither slack_sdk's own models nor the fake server find anything wrong."""
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
    assert payload_problem(json.loads(json.dumps({"text": text, "blocks": blocks}))) == ""


def test_the_text_is_the_words_of_the_failure() -> None:
    assert laid_out(a_run(INPUT_CHECK)).text == str(INPUT_CHECK)
    assert laid_out(a_run(INPUT_CHECK)).words == str(INPUT_CHECK)


texts = st.text(max_size=80) | st.sampled_from(["", "\n", "*", "```", "<!here>", "&" * 4000, "😱" * 4000, "`" * 4000])
moments = st.none() | st.datetimes(timezones=st.just(UTC))
failures = st.builds(
    Failure,
    step=st.sampled_from(["input_check", "create", "output_check", "publish"]),
    table=texts,
    check=texts,
    check_index=st.none() | st.integers(0, 10**6),
    expected=texts,
    actual=texts,
    error=texts,
    sql=texts,
    live=texts,
    is_warning=st.booleans(),
)
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "table": texts,
    "dag_id": texts,
    "run_id": texts,
    "owner": texts,
    "run_at": moments,
    "try_number": st.integers(0, 9),
    "tries": st.integers(0, 9),
    "log_url": texts | texts.map("https://a/".__add__),
    "log_is_run": st.booleans(),
    "config_url": texts | texts.map("https://a/".__add__),
    "next_run": st.none() | st.builds(NextRun, due=st.datetimes(timezones=st.just(UTC)), is_late=st.booleans()),
    "environment": texts,
}


few, many = st.lists(failures, max_size=4), st.lists(failures, min_size=60, max_size=60)
failed_runs = st.builds(RunFailure, failures=(few | many).map(tuple), reason=texts, warnings=few.map(tuple), **FACTS)
runs = failed_runs | st.builds(RunWarnings, warnings=st.lists(failures, min_size=1, max_size=4).map(tuple), **FACTS)


@settings(deadline=None, max_examples=100)
@given(runs, texts)
def test_no_input_makes_a_message_that_slack_refuses(run: RunReport, mentioned: str) -> None:
    message = laid_out(run, mentioned)
    assert_good(message.text, message.blocks)


SIGNS = "*_~`<>&@#:|!/.ax 1가\n"
names = st.text(alphabet=SIGNS, min_size=1, max_size=40).filter(str.strip) | st.sampled_from(
    [
        *(
            "*bold*",
            "_it_",
            "~gone~",
            "`code`",
            "```",
            ":x:",
            ":skin-tone-2:",
            "<!channel>",
            "<!here|x>",
            "<@U012AB3CD>",
        ),
        *("<#C1|general>", "<https://evil.example|click>", "https://evil.example", "evil.example", "@here", "#general"),
        *("&lt;!here&gt;", "> quoted", "• a", "<!date^1^{date}|x>", "a & b <c>", "mailto:a@b.c"),
    ]
)


@settings(deadline=None)
@given(names, names, names)
def test_what_people_wrote_stands_in_the_message_word_for_word(check: str, value: str, owner: str) -> None:
    """And the only elements besides text are our links and the mentions that were asked for."""
    failure = replace(OUTPUT_CHECK, check=check, actual=value, sql=value)
    blocks = laid_out(replace(a_run(failure), owner=owner), "<!here> <@U012AB3CD> <!subteam^S1>").blocks
    elements = [element for block in blocks for element in flat(block)]
    shown = [element["text"] for element in elements if element["type"] == "text"]
    assert {check.strip(), owner.strip(), value.strip()} <= set(shown)
    assert [element for element in elements if element["type"] not in ("text", "link")] == [
        {"type": "broadcast", "range": "here"},
        {"type": "user", "user_id": "U012AB3CD"},
        {"type": "usergroup", "usergroup_id": "S1"},
    ]
    links = [element["url"] for element in elements if element["type"] == "link"]
    assert links == [a_run().log_url, a_run().config_url]
    assert "mrkdwn" not in str(blocks)


def flat(block: Any) -> list[dict[str, Any]]:
    """The elements of rich text in a block."""
    if block["type"].startswith("rich_text"):
        return [element for part in block["elements"] for element in flat(part)]
    return [block] if block["type"] not in ("header", "context") else []
