"""An HTTP server that behaves like Slack: its incoming webhook, which checks and keeps what it gets, and its Web API.

Limits: https://docs.slack.dev/reference/block-kit/blocks
Answers: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from tests.fake_slack_api import SlackApi

TOKEN = "T0LOCAL00/B0LOCAL00/k3yOfTheFakeWebhook"

Mode = Literal[
    "ok",
    "rate_limited_once",
    "rate_limited",
    "server_error",
    "refuses_blocks",
    "gone",
    "moved",
    "hang",
    "drip",
]

_HEADER, _SECTION, _FIELD, _CONTEXT, _TEXT = 150, 3000, 2000, 3000, 40_000
_BLOCKS, _FIELDS, _ELEMENTS = 50, 10, 10


@dataclass(slots=True)
class FakeSlack:
    """`messages` are the payloads that were taken, `requests` all that were well-formed HTTP, in order.

    `visits` are the addresses that somebody was led to. `api` is what bots talk to; it is away where Slack is.
    """

    base_url: str
    mode: Mode = "ok"
    retry_after: str = "0"
    messages: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    api: SlackApi = field(default_factory=lambda: SlackApi(payload_problem))

    @property
    def api_url(self) -> str:
        """What a bot's connection has as `base_url`."""
        return f"{self.base_url}/api/"

    @property
    def url(self) -> str:
        """The webhook's address: the secret."""
        return f"{self.base_url}/services/{TOKEN}"

    def take(self, path: str, body: bytes) -> tuple[int, str]:
        """Slack's answer to a request: HTTP status and text."""
        if path != f"/services/{TOKEN}" or self.mode == "gone":
            return 404, "no_service"
        payload = parsed(body)
        if payload is None:
            return 400, "invalid_payload"
        self.requests.append(payload)
        return self._unwell(payload) or self._answer(payload)

    def take_call(self, path: str, authorization: str, body: bytes) -> tuple[int, str]:
        """The Web API's answer: HTTP status and text."""
        if self.mode in {"moved", "server_error"}:
            return (302, "elsewhere") if self.mode == "moved" else (500, "server_error")
        status, answer = self.api.take(path.removeprefix("/api/"), authorization, parsed(body))
        return status, json.dumps(answer)

    def _unwell(self, payload: Mapping[str, Any]) -> tuple[int, str] | None:
        if self.mode == "moved":
            return 302, "elsewhere"
        if self.mode == "server_error":
            return 500, "server_error"
        if self.mode == "rate_limited" or (self.mode == "rate_limited_once" and len(self.requests) == 1):
            return 429, "rate_limited"
        if self.mode == "refuses_blocks" and "blocks" in payload:
            return 400, "invalid_blocks"
        return None

    def _answer(self, payload: dict[str, Any]) -> tuple[int, str]:
        problem = payload_problem(payload)
        if problem:
            return 400, problem
        self.messages.append(payload)
        return 200, "ok"


def parsed(body: bytes) -> dict[str, Any] | None:
    """The payload; None for what Slack calls `invalid_payload`."""
    try:
        payload = json.loads(body.decode())
        json.dumps(payload, ensure_ascii=False).encode()
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None


def payload_problem(payload: Mapping[str, Any]) -> str:
    """Slack's word for what is wrong with a payload; empty for a good one."""
    text, blocks = payload.get("text", ""), payload.get("blocks", [])
    if not isinstance(text, str) or not (text or blocks):
        return "no_text"
    if _units(text) > _TEXT:
        return "msg_too_long"
    good = isinstance(blocks, list) and len(blocks) <= _BLOCKS and all(map(_good_block, blocks))
    return "" if good else "invalid_blocks"


def _good_block(block: Any) -> bool:
    match block:
        case {"type": "header", "text": {"type": "plain_text"} as text}:
            return _good_text(text, _HEADER)
        case {"type": "section", "text": text, **rest} if not rest:
            return _good_text(text, _SECTION)
        case {"type": "section", "fields": [_, *_] as fields, **rest} if not rest:
            return len(fields) <= _FIELDS and all(_good_text(text, _FIELD) for text in fields)
        case {"type": "rich_text", "elements": [_, *_] as parts, **rest} if not rest:
            return all(map(_good_part, parts))
        case {"type": "context", "elements": [_, *_] as elements, **rest} if not rest:
            return len(elements) <= _ELEMENTS and all(_good_text(text, _CONTEXT) for text in elements)
        case _:
            return False


def _good_part(part: Any) -> bool:
    match part:
        case {"type": "rich_text_section" | "rich_text_preformatted", "elements": [_, *_] as elements}:
            return all(map(_good_element, elements)) and sum(map(_length, elements)) <= _SECTION
        case {"type": "rich_text_list", "style": "bullet", "elements": [_, *_] as items, **rest} if not rest:
            return all(item["type"] == "rich_text_section" and _good_part(item) for item in items)
        case _:
            return False


def _good_element(element: Any) -> bool:
    match element:
        case {"type": "text", "text": str(words), "style": {"bold": True} | {"code": True}, **rest} if not rest:
            return bool(words)
        case {"type": "text", "text": str(words), **rest} if not rest:
            return bool(words)
        case {"type": "link", "url": str(url), "text": str(words), **rest} if not rest:
            return url.startswith("http") and bool(words)
        case {"type": "broadcast", "range": "here" | "channel" | "everyone", **rest}:
            return not rest
        case {"type": "user", "user_id": str(), **rest} | {"type": "usergroup", "usergroup_id": str(), **rest}:
            return not rest
        case _:
            return False


def _length(element: Any) -> int:
    return _units(element.get("text", ""))


def _good_text(text: Any, limit: int) -> bool:
    match text:
        case {"type": "plain_text" | "mrkdwn", "text": str(words)}:
            return bool(words.strip()) and _units(words) <= limit
        case _:
            return False


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@contextmanager
def fake_slack() -> Iterator[FakeSlack]:
    """A running fake on a free port of 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.block_on_close = False
    slack = FakeSlack(f"http://127.0.0.1:{server.server_port}")
    server.slack = slack  # type: ignore[attr-defined]  # the handler is made by the server and finds it there
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield slack
    finally:
        slack.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_url() -> str:
    """A webhook address where nothing listens: a port that was free a moment ago could be anybody's by now."""
    return f"http://127.0.0.1:1/services/{TOKEN}"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        slack: FakeSlack = self.server.slack  # type: ignore[attr-defined]  # set by fake_slack
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if slack.mode in {"hang", "drip"}:
            return self._keep_waiting(slack)
        if self.path.startswith("/api/"):
            answer = slack.take_call(self.path, self.headers.get("Authorization", ""), body)
            return self._reply(*answer, slack.api.limited)
        return self._reply(*slack.take(self.path, body), slack.retry_after)

    def _keep_waiting(self, slack: FakeSlack) -> None:
        """`hang` says nothing; `drip` keeps every single read of the client short, and never ends."""
        if slack.mode == "drip":
            self.send_response(200)
        while not slack.released.wait(0.05):
            if slack.mode == "drip":
                self.send_header("X-Drip", "1")
                self.flush_headers()
        self.close_connection = True

    def do_GET(self) -> None:
        """Where a redirect leads: a page that answers everybody with 200."""
        slack: FakeSlack = self.server.slack  # type: ignore[attr-defined]  # set by fake_slack
        slack.visits.append(self.path)
        self._reply(200, "ok", "")

    def _reply(self, status: int, words: str, retry_after: str) -> None:
        slack: FakeSlack = self.server.slack  # type: ignore[attr-defined]  # set by fake_slack
        answer = words.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        if status == 302:
            self.send_header("Location", f"{slack.base_url}/elsewhere")
        self.send_header("Content-Length", str(len(answer)))
        if status == 429:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the path is the secret."""
