"""Slack is asked whether it can be told, and nothing is posted."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from summary_tables.commands.doctor.ask_slack import absent, ask_places, ask_slack
from summary_tables.commands.doctor.setup import SlackConnection
from summary_tables.model.airflow_report import AirflowConnection
from tests.commands.doctor.made_setup import REPORT
from tests.fake_slack import TOKEN, FakeSlack, fake_slack

BOT_TOKEN = "xoxb-1-a-token-of-the-test"
WELL = SlackConnection()
SCOPES = {"of the bot": "chat:write,reactions:write"}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with fake_slack() as found:
        yield found


@pytest.fixture
def bot_api() -> Iterator[str]:
    """Slack's API as far as `auth.test`: https://docs.slack.dev/reference/methods/auth.test"""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            known = self.path == "/api/auth.test" and self.headers["Authorization"] == f"Bearer {BOT_TOKEN}"
            body = json.dumps({"ok": True} if known else {"ok": False, "error": "invalid_auth"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-OAuth-Scopes", SCOPES["of the bot"])
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()
    server.server_close()
    thread.join()


def webhook(host: str, password: str = TOKEN) -> AirflowConnection:
    return AirflowConnection(type="slackwebhook", host=host, password=password)


def test_a_webhook_is_reached_and_nothing_is_posted(slack: FakeSlack) -> None:
    assert ask_slack("slack_default", webhook(f"{slack.base_url}/services")) == WELL
    assert (slack.requests, slack.messages) == ([], [])


@pytest.mark.parametrize("password", ["", "B999", "https://example.com/services/T0/B0/x", "xoxb-1-a"])
def test_what_is_no_webhook(password: str) -> None:
    found = ask_slack("slack_default", webhook("", password))
    assert found.what == "The password of the connection `slack_default` is not the address of a Slack webhook."
    assert not password or password not in found.fix


def test_a_host_that_is_not_there() -> None:
    found = ask_slack("slack_default", webhook("http://127.0.0.1:1/services"))
    assert found == SlackConnection(
        what="127.0.0.1:1, where the connection `slack_default` leads, cannot be reached from here: "
        "connection refused.",
        fix="let this machine reach 127.0.0.1:1, or name a proxy in HTTPS_PROXY",
    )


def bot(address: str, password: str = BOT_TOKEN) -> AirflowConnection:
    return AirflowConnection(type="slack", password=password, extra={"base_url": address})


def test_a_bot(bot_api: str) -> None:
    assert ask_slack("slack_bot", bot(bot_api)) == WELL
    refused = ask_slack("slack_bot", bot(bot_api, "xoxb-another"))
    assert refused.what == "Slack does not take the token of the connection `slack_bot` (invalid_auth)."
    assert "xoxb-another" not in f"{refused.what}{refused.fix}"
    assert ask_slack("slack_bot", bot(bot_api, TOKEN)).what == (
        "The password of the connection `slack_bot` is not the token of a Slack bot."
    )


def test_a_bot_that_may_not_write(bot_api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCOPES, "of the bot", "reactions:write, chat:write.public")
    assert ask_slack("slack_bot", bot(bot_api)) == SlackConnection(
        what="The bot of the connection `slack_bot` may not write: it has not the scope chat:write.",
        fix="give the app the scope chat:write (OAuth & Permissions, at Slack) and install it in the workspace again",
    )


def test_a_bot_without_a_channel(bot_api: str) -> None:
    found = ask_slack("slack_bot", bot(bot_api), needs_channel=True)
    assert found.what == "The connection `slack_bot` is a bot's, and nothing says in which channel it writes."
    remedied = AirflowConnection(
        type="slack", password=BOT_TOKEN, extra={"base_url": bot_api, **json.loads(re.findall(r"\{.+\}", found.fix)[0])}
    )
    assert ask_slack("slack_bot", remedied, needs_channel=True) == WELL


def test_one_that_is_not_there_is_added_as_the_type_that_is_meant() -> None:
    assert absent("mail", needs_channel=True) == SlackConnection(
        what="Airflow has no connection `mail`, by which people are to hear of tables.",
        fix="airflow connections add mail --conn-type slackwebhook --conn-password T000/B000/XXXX; "
        "for mail and others: --conn-type apprise",
    )
    assert absent("slack_bot", needs_channel=False).fix == (
        "airflow connections add slack_bot --conn-type slack --conn-password xoxb-1, with the bot's own token"
    )


def test_the_variable_stands_for_the_connection_of_the_settings_alone(bot_api: str) -> None:
    report = replace(REPORT, slack_variable="of no webhook", connections={"slack_bot": bot(bot_api)})
    assert ask_places({"slack_bot": False, "slack_default": True, "team": True}, report) == {
        "slack_bot": WELL,
        "slack_default": SlackConnection(
            what="The password of the connection `slack_default` is not the address of a Slack webhook.",
            fix=ask_slack("slack_default", webhook("", "of no webhook")).fix,
        ),
        "team": SlackConnection(
            what="Airflow has no connection `team`, by which people are to hear of tables; they are told where the "
            "Variable `slack_url` leads.",
            fix=absent("team", needs_channel=True).fix,
        ),
    }
    assert ask_places({"team": True}, report, ["team"])["team"].what == (
        "The password of the connection `team` is not the address of a Slack webhook."
    )
    assert ask_places({"slack_default": True, "away": True}, replace(REPORT, unreadable={"away": "no vault"})) == {}


def test_other_types() -> None:
    assert ask_slack("mail", AirflowConnection(type="apprise")) == WELL
    found = ask_slack("slack_default", AirflowConnection(type="http"))
    assert found.what == (
        "The connection `slack_default`, by which people are to hear of tables, is of the type `http`."
    )
