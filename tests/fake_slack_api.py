"""What Slack's Web API answers a bot: channels with messages, threads and reactions, and the ways to be refused.

Methods: https://docs.slack.dev/reference/methods/auth.test, https://docs.slack.dev/reference/methods/chat.postMessage,
https://docs.slack.dev/reference/methods/chat.update, https://docs.slack.dev/reference/methods/reactions.add
Answers (`ok`, `error`, `needed`): https://docs.slack.dev/apis/web-api
HTTP 429 with Retry-After: https://docs.slack.dev/apis/web-api/rate-limits
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

BOT_TOKEN = "xoxb-2233445566-1122334455-AbCdEfTheFakeBot"

Answer = tuple[int, dict[str, Any]]


@dataclass(slots=True)
class PostedMessage:
    """A message in a channel; `thread` is the `ts` of the one that it answers, empty for one that stands for itself."""

    channel: str
    ts: str
    payload: dict[str, Any]
    thread: str = ""
    reactions: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return str(self.payload.get("text", ""))


@dataclass(slots=True)
class Channel:
    """One that a bot may write to where it is a member of it."""

    id: str
    name: str
    is_member: bool = True
    is_archived: bool = False


@dataclass(slots=True)
class SlackApi:
    """`errors` are answered in place of what a method does, by its name; `limited` says the seconds of Retry-After.

    `payload_problem` is what is wrong with the text and the blocks of a message, as for webhooks.
    """

    payload_problem: Callable[[Mapping[str, Any]], str]
    channels: list[Channel] = field(default_factory=lambda: [Channel("C0DATA", "data"), Channel("C0SALES", "sales")])
    scopes: set[str] = field(default_factory=lambda: {"chat:write", "reactions:write"})
    posted: list[PostedMessage] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    limited: str = ""

    def take(self, method: str, authorization: str, payload: dict[str, Any] | None) -> Answer:
        """The answer to a call: HTTP status and JSON."""
        self.calls.append(method)
        if self.limited:
            return 429, {"ok": False, "error": "ratelimited"}
        if problem := _sign_in_problem(authorization):
            return 200, {"ok": False, "error": problem}
        if payload is None:
            return 200, {"ok": False, "error": "invalid_json"}
        known = {
            "auth.test": self._test,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "reactions.add": self._react,
        }
        if method not in known:
            return 200, {"ok": False, "error": "unknown_method"}
        if method in self.errors:
            return 200, {"ok": False, "error": self.errors[method]}
        return 200, known[method](payload)

    def _test(self, _payload: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "url": "https://acme.slack.com/", "team": "Acme", "user": "tables", "bot_id": "B0TABLES"}

    def _post(self, payload: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(payload)
        if problem := self._missing("chat:write") or _channel_problem(channel):
            return problem
        assert channel is not None
        if problem_word := self.payload_problem(payload):
            return _refused(problem_word)
        thread = str(payload.get("thread_ts", ""))
        if thread and not self._found(channel, thread):
            return _refused("thread_not_found")
        ts = f"1764471{len(self.posted):03}.{len(self.posted):06}"
        self.posted.append(PostedMessage(channel=channel.id, ts=ts, payload=payload, thread=thread))
        return {"ok": True, "channel": channel.id, "ts": ts, "message": {"text": payload.get("text", ""), "ts": ts}}

    def _update(self, payload: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(payload)
        if problem := self._missing("chat:write") or _channel_problem(channel):
            return problem
        assert channel is not None
        found = self._found(channel, str(payload.get("ts", "")))
        if not found:
            return _refused("message_not_found")
        found.payload = {**found.payload, **payload}
        return {"ok": True, "channel": channel.id, "ts": found.ts, "text": found.text}

    def _react(self, payload: dict[str, Any]) -> dict[str, Any]:
        if problem := self._missing("reactions:write"):
            return problem
        channel, name = self._channel(payload), str(payload.get("name", ""))
        if channel is None:
            return _refused("channel_not_found")
        found = self._found(channel, str(payload.get("timestamp", "")))
        if not found:
            return _refused("message_not_found")
        if not re.fullmatch(r"[a-z0-9_'+-]+", name):
            return _refused("invalid_name")
        if name in found.reactions:
            return _refused("already_reacted")
        found.reactions.append(name)
        return {"ok": True}

    def _missing(self, scope: str) -> dict[str, Any]:
        """Empty: the bot has it."""
        if scope in self.scopes:
            return {}
        return {**_refused("missing_scope"), "needed": scope, "provided": ",".join(sorted(self.scopes))}

    def _channel(self, payload: Mapping[str, Any]) -> Channel | None:
        asked = str(payload.get("channel", ""))
        return next((each for each in self.channels if asked in (each.id, each.name, f"#{each.name}")), None)

    def _found(self, channel: Channel, ts: str) -> PostedMessage | None:
        return next((each for each in self.posted if (each.channel, each.ts) == (channel.id, ts)), None)


def _refused(word: str) -> dict[str, Any]:
    return {"ok": False, "error": word}


def _sign_in_problem(authorization: str) -> str:
    if not authorization:
        return "not_authed"
    return "" if authorization == f"Bearer {BOT_TOKEN}" else "invalid_auth"


def _channel_problem(channel: Channel | None) -> dict[str, Any]:
    if channel is None:
        return _refused("channel_not_found")
    if channel.is_archived:
        return _refused("is_archived")
    return {} if channel.is_member else _refused("not_in_channel")
