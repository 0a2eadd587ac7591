"""A bot, with the provider's real hook, at a server that behaves like Slack's Web API; its token stays secret."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from summary_tables.airflow.notifiers.slack import bot, network
from summary_tables.airflow.notifiers.slack.bot import BotMessage
from summary_tables.airflow.notifiers.slack.message import SlackMessage
from summary_tables.airflow.notifiers.slack.send import send
from summary_tables.model.incident import NotTold, Told
from tests.fake_slack import FakeSlack, fake_slack
from tests.fake_slack_api import BOT_TOKEN

CONN_ID = "slack_bot"
_BLOCK = {"type": "header", "text": {"type": "plain_text", "text": "One", "emoji": False}}
FIRST = SlackMessage(words="One.", text="One.", blocks=(_BLOCK,))
SECOND = SlackMessage(words="Two.", text="Two.", blocks=(_BLOCK,))


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    """A fake Slack, to which the connection leads."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    bot._say_once.cache_clear()
    with fake_slack() as running:
        connect(monkeypatch, running.api_url)
        yield running


@pytest.fixture
def everything_said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """All that reaches a log at any level, stdout or stderr."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    with caplog.at_level(logging.DEBUG):
        yield lambda: stream.getvalue() + caplog.text + "".join(capfd.readouterr())
    logging.getLogger().removeHandler(handler)


def connect(monkeypatch: pytest.MonkeyPatch, base_url: str, token: str = BOT_TOKEN, channel: str = "#data") -> None:
    extra = {"base_url": base_url, "channel": channel}
    connection = {"conn_type": "slack", "password": token, "extra": {key: extra[key] for key in extra if extra[key]}}
    monkeypatch.setenv(f"AIRFLOW_CONN_{CONN_ID.upper()}", json.dumps(connection))


def tell(message: SlackMessage = FIRST, *, channel: str = "", thread: str = "", is_last: bool = False) -> object:
    return send(BotMessage(message=message, channel=channel, thread=thread, is_last=is_last), CONN_ID)


def test_what_follows_is_in_the_thread_of_the_first_which_gets_a_mark_at_the_end(slack: FakeSlack) -> None:
    first = tell()
    assert isinstance(first, Told)
    assert isinstance(tell(SECOND, thread=first.thread), Told)
    assert isinstance(tell(SECOND, thread=first.thread, is_last=True), Told)
    begun, *answers = slack.api.posted
    assert first.thread == f"C0DATA:{begun.ts}"
    assert begun.payload == {
        "channel": "#data",
        "text": "One.",
        "blocks": [_BLOCK],
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    assert [(answer.channel, answer.thread, answer.text) for answer in answers] == [("C0DATA", begun.ts, "Two.")] * 2
    assert [posted.reactions for posted in slack.api.posted] == [["white_check_mark"], [], []]


def test_a_channel_that_is_asked_for_comes_before_that_of_the_connection(slack: FakeSlack) -> None:
    tell(channel="sales")
    assert [posted.channel for posted in slack.api.posted] == ["C0SALES"]


def test_a_conversation_that_ends_without_a_beginning_stands_for_itself(slack: FakeSlack) -> None:
    assert isinstance(tell(is_last=True), Told)
    assert slack.api.calls == ["chat.postMessage"]


def test_a_mark_that_is_there_is_enough(slack: FakeSlack) -> None:
    first = tell()
    assert isinstance(first, Told)
    for _ in range(2):
        assert isinstance(tell(SECOND, thread=first.thread, is_last=True), Told)
    assert slack.api.posted[0].reactions == ["white_check_mark"]


def test_without_the_scope_there_is_no_mark_which_is_said_once(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.api.scopes = {"chat:write"}
    with caplog.at_level(logging.INFO):
        first = tell()
        assert isinstance(first, Told)
        for _ in range(2):
            assert isinstance(tell(SECOND, thread=first.thread, is_last=True), Told)
    assert [record.getMessage() for record in caplog.records if record.name == bot.__name__] == [
        "The first message gets no mark when it is over: the bot of the connection `slack_bot` has no scope "
        "`reactions:write`. Its answers in the thread say the same."
    ]


def test_a_thread_that_is_gone_is_no_reason_to_stay_silent(slack: FakeSlack) -> None:
    assert isinstance(tell(SECOND, thread="C0DATA:1.2", is_last=True), Told)
    assert [(posted.text, posted.thread) for posted in slack.api.posted] == [("Two.", "")]


def test_blocks_that_slack_refuses_are_left_out(slack: FakeSlack) -> None:
    broken = SlackMessage(words="One.", text="One.", blocks=({"type": "unheard of"},))
    assert isinstance(tell(broken), Told)
    assert "blocks" not in slack.api.posted[0].payload


def test_what_is_wrong_with_the_message_itself_is_not_tried_again(slack: FakeSlack) -> None:
    slack.api.errors["chat.postMessage"] = "msg_too_long"
    assert tell() == NotTold(problem="msg_too_long", is_final=True)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        ("not_in_channel", "not_in_channel; invite the bot: type /invite in the channel #data"),
        (
            "channel_not_found",
            "channel_not_found; there is no channel #data, or the bot may not see it: type /invite in it",
        ),
        ("is_archived", "is_archived; the channel #data is archived"),
        (
            "token_revoked",
            "token_revoked; the token of the connection `slack_bot` is wrong or not valid any more",
        ),
        ("fatal_error", "fatal_error"),
        ("Look, a token: xoxb-1", "an answer that cannot be read"),
    ],
)
def test_slack_refuses(slack: FakeSlack, caplog: pytest.LogCaptureFixture, error: str, problem: str) -> None:
    slack.api.errors["chat.postMessage"] = error
    assert tell() == NotTold(problem=problem)
    assert caplog.messages == [f"Slack did not take the message: {problem}. The message was: One."]


def test_the_server_itself_says_the_same(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    slack.api.channels[0].is_member = False
    assert tell() == NotTold(problem="not_in_channel; invite the bot: type /invite in the channel #data")
    slack.api.scopes = set()
    assert tell() == NotTold(problem="missing_scope; the bot needs the scope chat:write")
    connect(monkeypatch, slack.api_url, token="xoxb-wrong")
    assert tell() == NotTold(
        problem="invalid_auth; the token of the connection `slack_bot` is wrong or not valid any more"
    )


def test_a_connection_without_a_channel(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, slack.api_url, channel="")
    assert tell() == NotTold(
        problem="the connection `slack_bot` names no channel: add `channel` to its extra fields, or say one where it "
        "is named as `to`"
    )
    assert isinstance(tell(channel="#data"), Told)


def test_slack_asks_to_wait(slack: FakeSlack) -> None:
    slack.api.limited = "120"
    asked = datetime.now(UTC)
    answer = tell()
    assert isinstance(answer, NotTold)
    assert answer.problem == "HTTP 429 (ratelimited)"
    assert answer.not_before is not None
    assert timedelta(seconds=119) < answer.not_before - asked < timedelta(seconds=150)
    assert slack.api.calls == ["chat.postMessage"]
    slack.api.limited = "0"
    tell()
    assert slack.api.calls == ["chat.postMessage"] * 3


def test_slack_is_away(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    slack.mode = "server_error"
    assert tell() == NotTold(problem="HTTP 500")
    monkeypatch.setattr(network, "TIMEOUT_SECONDS", 1)
    slack.mode = "hang"
    assert tell() == NotTold(problem="no answer within 1 seconds")
    connect(monkeypatch, "http://127.0.0.1:1/api/")
    assert tell() == NotTold(problem="it could not be reached (Connection refused)")


def test_a_redirect_is_not_followed(slack: FakeSlack) -> None:
    slack.mode = "moved"
    assert tell() == NotTold(problem="HTTP 302")
    assert slack.visits == []


@pytest.mark.parametrize("mode", ["ok", "server_error", "hang", "moved", "limited", "refused"])
def test_the_token_is_said_nowhere(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, everything_said: Callable[[], str], mode: str
) -> None:
    monkeypatch.setattr(network, "TIMEOUT_SECONDS", 1)
    if mode == "limited":
        slack.api.limited = "60"
    elif mode == "refused":
        slack.api.errors["chat.postMessage"] = "invalid_auth"
    else:
        slack.mode = mode  # type: ignore[assignment]  # three of its modes
    answer = tell()
    said = everything_said() + str(answer)
    assert mode == "ok" or "One." in said
    assert [part for part in (BOT_TOKEN, BOT_TOKEN.rpartition("-")[2]) if part in said] == []
