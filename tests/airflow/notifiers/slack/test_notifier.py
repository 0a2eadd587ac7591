"""Whom a message in Slack calls, by which connection it goes, and where it stands."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from summary_tables.airflow.notifiers.slack import notifier
from summary_tables.airflow.notifiers.slack.bot import BotMessage
from summary_tables.model.failure import Failure
from summary_tables.model.incident import Answer, Message, Place, Told
from summary_tables.runs.run_failure import RunFailure
from summary_tables.runs.run_warnings import RunWarnings

FAILURE = Failure(step="create", table="s.t", error="no.", live="The live table was not changed.")
FAILED = RunFailure(table="s.t", dag_id="t", run_id="r", failures=(FAILURE,))
WARNED = RunWarnings(table="s.t", dag_id="t", run_id="r", warnings=(replace(FAILURE, is_warning=True, live=""),))
MESSAGE = Message(
    message_id="1",
    kind="first",
    schema="s",
    table="t",
    place=Place(conn_id="slack_data", channel="#data", mention="<!here>"),
    notice=FAILED.notice(),
    recorded_at=datetime(2026, 11, 22, tzinfo=UTC),
)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[BotMessage, str]]:
    told: list[tuple[BotMessage, str]] = []

    def send(message: BotMessage, conn_id: str) -> Answer:
        told.append((message, conn_id))
        return Told(thread="C1:1.2")

    monkeypatch.setattr(notifier, "send", send)
    return told


def test_a_failure_calls_people_and_a_warning_calls_nobody(sent: list[tuple[BotMessage, str]]) -> None:
    for report in (FAILED, WARNED):
        assert notifier.tell(replace(MESSAGE, notice=report.notice())) == Told(thread="C1:1.2")
    assert [(told.message.text, conn_id) for told, conn_id in sent] == [
        ("<!here> Building s.t failed: no. The live table was not changed.", "slack_data"),
        ("Building s.t warned: no. The table was published all the same.", "slack_data"),
    ]


def test_what_follows_goes_into_the_thread_and_the_last_marks_the_first(sent: list[tuple[BotMessage, str]]) -> None:
    for kind in ("first", "reminder", "recovery"):
        notifier.tell(replace(MESSAGE, kind=kind, thread="C1:1.2"))
    assert [(told.channel, told.thread, told.is_last) for told, _ in sent] == [
        ("#data", "", False),
        ("#data", "C1:1.2", False),
        ("#data", "C1:1.2", True),
    ]
