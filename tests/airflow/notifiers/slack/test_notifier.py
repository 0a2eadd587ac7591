"""Whom a message in Slack calls, and by which connection it goes."""

from dataclasses import replace

import pytest

from summary_tables.airflow.notifiers.slack import notifier
from summary_tables.airflow.notifiers.slack.message import SlackMessage
from summary_tables.model.failure import Failure
from summary_tables.model.settings import Slack
from summary_tables.runs.run_failure import RunFailure
from summary_tables.runs.run_warnings import RunWarnings

FAILURE = Failure(step="create", table="s.t", error="no.", live="The live table was not changed.")
FAILED = RunFailure(table="s.t", dag_id="t", run_id="r", failures=(FAILURE,))
WARNED = RunWarnings(table="s.t", dag_id="t", run_id="r", warnings=(replace(FAILURE, is_warning=True, live=""),))


def test_a_failure_calls_people_and_a_warning_calls_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, str]] = []

    def send(message: SlackMessage, conn_id: str) -> None:
        sent.append((message.text, conn_id))

    monkeypatch.setattr(notifier, "send", send)
    for report in (FAILED, WARNED):
        notifier.tell(report, Slack(conn_id="slack_data", mention="<!here>"))
    assert sent == [
        ("<!here> Building s.t failed: no. The live table was not changed.", "slack_data"),
        ("Building s.t warned: no. The table was published all the same.", "slack_data"),
    ]
