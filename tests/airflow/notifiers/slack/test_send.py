"""Sending, with the provider's real hook, to a real HTTP server; and that the webhook's address stays secret."""

import io
import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from summary_tables.airflow.notifiers.slack import network, webhook
from summary_tables.airflow.notifiers.slack import send as slack_send
from summary_tables.airflow.notifiers.slack.bot import BotMessage
from summary_tables.airflow.notifiers.slack.message import SlackMessage, slack_message
from summary_tables.airflow.notifiers.slack.send import send
from summary_tables.model.failure import Failure
from summary_tables.runs.run_failure import RunFailure
from tests.fake_slack import TOKEN, FakeSlack, Mode, closed_url, fake_slack

FAILURE = Failure(step="create", table="analytics.nps_summary", error="Something is <wrong>.", sql="SELECT 1")
FAILED = RunFailure(table="analytics.nps_summary", dag_id="nps_summary", run_id="manual__1", failures=(FAILURE,))
MESSAGE = slack_message(FAILED.notice(), "<!here>")
WANTED = BotMessage(message=MESSAGE)
SECRETS = (TOKEN, TOKEN.rpartition("/")[2], "/services/T")
WORDS = str(FAILURE)
AS_IT_IS = {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
NOT_SET_UP = (
    "Slack is not set up here: Airflow shows neither a connection `slack_default` with a password nor a Variable "
    "`slack_url`. To get this as a Slack message, add a connection `slack_default` of type `slackwebhook` whose "
    "password is the part of the webhook's address after `/services/`."
)


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    """A fake Slack that nothing points to yet."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for name in ("AIRFLOW_CONN_SLACK_DEFAULT", "AIRFLOW_VAR_SLACK_URL"):
        monkeypatch.delenv(name, raising=False)
    with fake_slack() as running:
        yield running


@pytest.fixture
def by_variable(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> FakeSlack:
    """A fake Slack whose address is in the Variable."""
    monkeypatch.setenv("AIRFLOW_VAR_SLACK_URL", slack.url)
    return slack


@pytest.fixture
def everything_said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """All that reaches a log at any level, stdout or stderr, tracebacks included."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    with caplog.at_level(logging.DEBUG):
        yield lambda: stream.getvalue() + caplog.text + "".join(capfd.readouterr())
    logging.getLogger().removeHandler(handler)


def sent(message: SlackMessage) -> dict[str, object]:
    """`message` as it arrives."""
    return {**AS_IT_IS, "text": message.text, "blocks": list(message.blocks)}


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    """What the module under test said, level and words."""
    return [(record.levelno, record.getMessage()) for record in caplog.records if record.name == slack_send.__name__]


def refused(problem: str) -> list[tuple[int, str]]:
    """The one line in the log when Slack could not be told."""
    return [(logging.ERROR, f"Slack did not take the message: {problem}. The message was: {WORDS}")]


def connection_in_parts(slack: FakeSlack) -> str:
    return f'{{"conn_type": "slackwebhook", "host": "{slack.base_url}/services", "password": "{TOKEN}"}}'


def connection_with_whole_address(slack: FakeSlack) -> str:
    return f'{{"conn_type": "slackwebhook", "password": "{slack.url}"}}'


@pytest.mark.parametrize("spelling", [connection_in_parts, connection_with_whole_address])
def test_through_the_connection(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, spelling: Callable[[FakeSlack], str]
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SLACK_DEFAULT", spelling(slack))
    monkeypatch.setenv("AIRFLOW_VAR_SLACK_URL", "http://127.0.0.1:9/not/used")
    send(WANTED, "slack_default")
    assert slack.messages == [sent(MESSAGE)]


def test_through_a_connection_of_another_name(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_DATA_ALERTS", connection_in_parts(slack))
    send(WANTED, "data_alerts")
    assert slack.messages == [sent(MESSAGE)]


def test_through_the_variable(by_variable: FakeSlack) -> None:
    send(WANTED, "slack_default")
    assert by_variable.messages == [sent(MESSAGE)]


def test_a_connection_without_a_password_counts_as_none(
    by_variable: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SLACK_DEFAULT", '{"conn_type": "slackwebhook", "host": "hooks.slack.com"}')
    send(WANTED, "slack_default")
    assert by_variable.messages == [sent(MESSAGE)]


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("T000/B000/XXX", "https://hooks.slack.com/services/T000/B000/XXX"),
        (" /T000/B000/XXX\n", "https://hooks.slack.com/services/T000/B000/XXX"),
        ("services/T000/B000/XXX", "https://hooks.slack.com/services/T000/B000/XXX"),
        ("hooks.slack.com/services/T000/B000/XXX", "https://hooks.slack.com/services/T000/B000/XXX"),
        ("https://hooks.slack.com/services/T000/B000/XXX", "https://hooks.slack.com/services/T000/B000/XXX"),
    ],
)
def test_spellings_of_the_variable(value: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_SLACK_URL", value)
    connection = slack_send._from_variable()
    assert connection is not None
    assert webhook._HookWithConnection(connection).client.url == address


def test_a_redirect_is_not_followed_and_counts_as_not_sent(
    by_variable: FakeSlack, caplog: pytest.LogCaptureFixture, everything_said: Callable[[], str]
) -> None:
    by_variable.mode = "moved"
    send(WANTED, "slack_default")
    assert (by_variable.messages, by_variable.visits) == ([], [])
    assert logged(caplog) == refused("HTTP 302; the webhook's address leads to another one, and nothing is sent there")
    said = everything_said()
    assert [secret for secret in (*SECRETS, "elsewhere") if secret in said] == []


@pytest.mark.usefixtures("slack")
def test_without_slack_the_log_has_the_message(caplog: pytest.LogCaptureFixture) -> None:
    send(WANTED, "slack_default")
    assert logged(caplog) == [(logging.ERROR, f"{WORDS}\n{NOT_SET_UP}")]


def test_short_wait_is_granted_once(by_variable: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    by_variable.mode = "rate_limited_once"
    send(WANTED, "slack_default")
    assert by_variable.messages == [sent(MESSAGE)]
    assert logged(caplog) == []


@pytest.mark.parametrize(
    ("retry_after", "requests"), [("0", 2), ("3600", 1), ("-1", 1), ("nan", 1), ("Sun, 22 Nov 2026 03:00:00 GMT", 1)]
)
def test_rate_limit_that_stays(
    by_variable: FakeSlack, caplog: pytest.LogCaptureFixture, retry_after: str, requests: int
) -> None:
    by_variable.mode, by_variable.retry_after = "rate_limited", retry_after
    send(WANTED, "slack_default")
    assert len(by_variable.requests) == requests
    assert logged(caplog) == refused("HTTP 429 (rate_limited)")


def test_refused_blocks_are_left_out(by_variable: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    by_variable.mode = "refuses_blocks"
    send(WANTED, "slack_default")
    assert by_variable.messages == [{**AS_IT_IS, "text": MESSAGE.text}]
    assert logged(caplog) == []


@pytest.mark.parametrize(
    ("mode", "problem"),
    [
        ("server_error", "HTTP 500 (server_error)"),
        ("gone", "HTTP 404 (no_service); the webhook does not exist any more or the token is wrong"),
        ("hang", "no answer within 1 seconds"),
    ],
)
def test_slack_is_unwell(
    by_variable: FakeSlack,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    mode: Mode,
    problem: str,
) -> None:
    # An answer that does come may be late on a busy machine.
    monkeypatch.setattr(network, "TIMEOUT_SECONDS", 1 if mode == "hang" else 300)
    by_variable.mode = mode
    send(WANTED, "slack_default")
    assert by_variable.messages == []
    assert logged(caplog) == refused(problem)


def test_an_answer_without_end_is_not_waited_for(
    by_variable: FakeSlack, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "DEADLINE_SECONDS", 1)
    by_variable.mode = "drip"
    send(WANTED, "slack_default")
    assert logged(caplog) == refused("no answer within 1 seconds, so it may still arrive")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (closed_url(), "it could not be reached (Connection refused)"),
        (f"ftp://127.0.0.1/services/{TOKEN}", "sending failed (SlackRequestError)"),
        (f"http://127.0.0.1:port/services/{TOKEN}", "sending failed (InvalidURL)"),
        (f"http://127.0.0.1:9/services/ {TOKEN}", "sending failed (InvalidURL)"),
        (f"http:///services/{TOKEN}", "sending failed (URLError)"),
    ],
    ids=["closed port", "no HTTP", "port is no number", "blank in the path", "no host"],
)
@pytest.mark.usefixtures("slack")
def test_an_address_that_leads_nowhere(
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    everything_said: Callable[[], str],
    address: str,
    problem: str,
) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_SLACK_URL", address)
    send(WANTED, "slack_default")
    assert logged(caplog) == refused(problem)
    assert_secret(everything_said())


def test_a_secrets_backend_that_fails(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SLACK_DEFAULT", "{not json " + TOKEN)
    monkeypatch.setattr(slack_send, "_connection", _fail)
    send(WANTED, "slack_default")
    assert logged(caplog) == refused("Airflow could not look up the connection `slack_default` (RuntimeError)")


def _fail(conn_id: str) -> None:
    raise RuntimeError(conn_id + TOKEN)


@pytest.mark.parametrize(
    "mode", ["ok", "rate_limited_once", "rate_limited", "server_error", "refuses_blocks", "gone", "hang", "drip"]
)
@pytest.mark.parametrize("way", ["variable", "connection"])
def test_the_address_is_said_nowhere(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, everything_said: Callable[[], str], mode: Mode, way: str
) -> None:
    monkeypatch.setattr(network, "TIMEOUT_SECONDS", 1)
    monkeypatch.setattr(network, "DEADLINE_SECONDS", 2)
    if way == "variable":
        monkeypatch.setenv("AIRFLOW_VAR_SLACK_URL", slack.url)
    else:
        monkeypatch.setenv("AIRFLOW_CONN_SLACK_DEFAULT", connection_in_parts(slack))
    slack.mode = mode
    send(WANTED, "slack_default")
    said = everything_said()
    assert mode in {"ok", "rate_limited_once", "refuses_blocks"} or WORDS in said
    assert_secret(said)


def assert_secret(said: str) -> None:
    """No part of the webhook's address that would let anybody write to the channel."""
    assert [secret for secret in SECRETS if secret in said] == []


def test_everything_said_hears_debug_and_stderr(everything_said: Callable[[], str]) -> None:
    logging.getLogger("slack_sdk").debug("one")
    thread = threading.Thread(target=lambda: print("two", file=sys.stderr))
    thread.start()
    thread.join()
    said = everything_said()
    assert "one" in said
    assert "two" in said
