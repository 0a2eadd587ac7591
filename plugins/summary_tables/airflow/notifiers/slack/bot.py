"""Slack's Web API: a bot with a token writes to any channel that it is in, answers in threads and marks messages.

https://docs.slack.dev/reference/methods/chat.postMessage, https://docs.slack.dev/reference/methods/reactions.add
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from http import HTTPStatus
from typing import Any, Final
from urllib.request import Request

from airflow.providers.slack.hooks.slack import SlackHook
from airflow.sdk import Connection
from airflow.sdk.log import mask_secret
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from summary_tables.airflow.notifiers.slack import network
from summary_tables.airflow.notifiers.slack.message import SlackMessage
from summary_tables.airflow.notifiers.slack.network import asked_wait, in_time, network_problem
from summary_tables.model.incident import Answer, NotTold, Told

MARK: Final = "white_check_mark"
"""The emoji below the first message of what is over."""

_AS_IT_IS = {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
_SLACK_ERROR = re.compile("[a-z_]{1,60}")
_SCOPE = re.compile("[a-z:.,_]{1,100}")

_TOKEN = "; the token of the connection `{conn_id}` is wrong or not valid any more"
_INVITE = "; invite the bot: type /invite in the channel {channel}"
_ADVICE: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"),
        _TOKEN,
    ),
    "not_in_channel": _INVITE,
    "channel_not_found": "; there is no channel {channel}, or the bot may not see it: type /invite in it",
    "is_archived": "; the channel {channel} is archived",
    "missing_scope": "; the bot needs the scope {scope}",
}
_OF_THE_MESSAGE: Final = frozenset(
    ("invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_arguments")
)
_NO_THREAD: Final = frozenset(("thread_not_found", "message_not_found", "cannot_reply_to_message"))
_NO_CHANNEL = (
    "the connection `{conn_id}` names no channel: add `channel` to its extra fields, or say one where it is named as "
    "`to`"
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BotMessage:
    """`thread` is what `Told` said of the first message of the conversation; empty: this is one. `is_last`: the first
    one gets a mark."""

    message: SlackMessage
    channel: str = ""
    thread: str = ""
    is_last: bool = False


def post(connection: Connection, wanted: BotMessage) -> Answer:
    """What Slack says to the message. Never raises."""
    mask_secret(connection.password)
    channel = wanted.channel or str(connection.extra_dejson.get("channel") or "")
    if not channel:
        return NotTold(problem=_NO_CHANNEL.format(conn_id=connection.conn_id))
    try:
        client = _HookWithConnection(connection).client
    except Exception as error:  # its text may hold the token
        return NotTold(problem=f"the connection `{connection.conn_id}` cannot be used ({type(error).__name__})")
    bot = _Bot(client=client, conn_id=connection.conn_id, channel=channel)
    return in_time(lambda: bot.tell(wanted), lambda words: NotTold(problem=words))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bot:
    client: WebClient
    conn_id: str
    channel: str

    def tell(self, wanted: BotMessage) -> Answer:
        place, _, first = wanted.thread.rpartition(":")
        try:
            if first and wanted.is_last:
                # Before the answer: should it not arrive, both come again, and a mark that is there stays one.
                self._mark(place, first)
            told = self._post(wanted.message, place or self.channel, first)
        except SlackApiError as error:
            return self._refused(error)
        except Exception as error:  # its text may hold the token
            return NotTold(problem=network_problem(error))
        return Told(thread=f"{told.get('channel', '')}:{told.get('ts', '')}")

    def _post(self, message: SlackMessage, channel: str, first: str) -> Mapping[str, Any]:
        """Without the blocks or the thread that Slack refuses."""
        asked: dict[str, Any] = {**_AS_IT_IS, "channel": channel, "text": message.text, "blocks": list(message.blocks)}
        if first:
            asked["thread_ts"] = first
        for _ in range(2):
            try:
                return self._call("chat.postMessage", asked)
            except SlackApiError as error:
                if not (left_out := _left_out(_code(error), asked)):
                    raise
                asked.pop(left_out)
        return self._call("chat.postMessage", asked)

    def _mark(self, channel: str, first: str) -> None:
        try:
            self._call("reactions.add", {"channel": channel, "timestamp": first, "name": MARK})
        except SlackApiError as error:
            if (code := _code(error)) != "already_reacted":
                _say_once(_no_mark(code, self.conn_id))

    def _call(self, method: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        answer = self.client.api_call(method, json=dict(asked)).data
        return answer if isinstance(answer, dict) else {}

    def _refused(self, error: SlackApiError) -> NotTold:
        status, code = error.response.status_code, _code(error)
        needed = str(error.response.get("needed") or "")
        scope = needed if _SCOPE.fullmatch(needed) else "that the method asks for"
        advice = _ADVICE.get(code, "").format(conn_id=self.conn_id, channel=self.channel, scope=scope)
        said = code if status == HTTPStatus.OK else f"HTTP {status}" + (f" ({code})" if code else "")
        return NotTold(
            problem=f"{said or 'an answer that cannot be read'}{advice}",
            not_before=_next_try(error),
            is_final=code in _OF_THE_MESSAGE,
        )


def _left_out(code: str, asked: Mapping[str, Any]) -> str:
    """What of a message Slack refuses may be left out; empty: nothing."""
    if code in _OF_THE_MESSAGE and "blocks" in asked:
        return "blocks"
    return "thread_ts" if code in _NO_THREAD and "thread_ts" in asked else ""


def _code(error: SlackApiError) -> str:
    """Slack's own word; empty for anything that is none."""
    found = str(error.response.get("error") or "")
    return found if _SLACK_ERROR.fullmatch(found) else ""


def _next_try(error: SlackApiError) -> datetime | None:
    if error.response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    seconds = min(asked_wait(dict(error.response.headers)), network.LONGEST_PAUSE_SECONDS)
    return datetime.now(UTC) + timedelta(seconds=seconds)


def _no_mark(code: str, conn_id: str) -> str:
    if code == "missing_scope":
        return (
            f"The first message gets no mark when it is over: the bot of the connection `{conn_id}` has no scope "
            "`reactions:write`. Its answers in the thread say the same."
        )
    return f"The first message got no mark: {code or 'Slack did not say why'}."


@cache
def _say_once(words: str) -> None:
    _log.info("%s", words)


class _Client(WebClient):
    """Follows no redirect: the token would go along."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        with network.opener(url, self.proxy, self.ssl).open(req, timeout=self.timeout) as answer:
            body = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
            return {"status": answer.status, "headers": dict(answer.headers), "body": body}


class _HookWithConnection(SlackHook):
    """The provider's hook for a connection that is already looked up."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(
            slack_conn_id=connection.conn_id,
            timeout=network.TIMEOUT_SECONDS,
            retry_handlers=[network.ShortWaitRetryHandler()],
            logger=network.silent_logger(),
        )
        self._connection = connection

    @cached_property
    def client(self) -> WebClient:
        return _Client(**self._get_conn_params(conn=self._connection))
