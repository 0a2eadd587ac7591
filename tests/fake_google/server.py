"""The server itself: addresses, rights, quota, and the ways in which it can be unwell."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Literal
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from tests.fake_google import answers
from tests.fake_google.answers import ApiError
from tests.fake_google.grid import Role, Spreadsheet, Tab
from tests.fake_google.reading import batch_get, get_spreadsheet, get_values
from tests.fake_google.tokens import Token, Tokens, private_key_text
from tests.fake_google.writing import batch_update

ACCOUNT: Final = "tables@acme-data.iam.gserviceaccount.com"
SPREADSHEET: Final = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"

_AUTH = "https://www.googleapis.com/auth/"
_READ = {
    f"{_AUTH}{name}" for name in ("spreadsheets.readonly", "spreadsheets", "drive.readonly", "drive.file", "drive")
}
_WRITE = {f"{_AUTH}{name}" for name in ("spreadsheets", "drive.file", "drive")}
_MOST_BYTES: Final = 10_485_760

Unwell = Literal["hangs", "is_cut", "is_cut_after_it_is_done", "hangs_after_it_is_done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One that came: `method` and `path` without the query, and the bytes of its body."""

    method: str
    path: str
    query: str
    size: int


@dataclass(slots=True)
class FakeGoogle:
    """`next_answers` are given instead of the right ones, in order: an error, or how a connection fails."""

    base_url: str
    tokens: Tokens = field(default_factory=Tokens)
    spreadsheets: dict[str, Spreadsheet] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    next_answers: deque[ApiError | Unwell] = field(default_factory=deque)
    before_each: Callable[[Request], None] | None = None
    seconds_a_request: float = 0
    is_enabled: bool = True
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def account(self, email: str = ACCOUNT) -> dict[str, Any]:
        """A new service account: what its key file says."""
        self.tokens.accounts[email] = email
        return {
            "type": "service_account",
            "project_id": "acme-data",
            "private_key_id": "0123456789abcdef",
            "private_key": private_key_text(email),
            "client_email": email,
            "client_id": "1",
            "token_uri": f"{self.base_url}/token",
            "universe_domain": "googleapis.com",
        }

    def spreadsheet(self, *tabs: Tab, role: Role | None = "reader", key: str = SPREADSHEET) -> Spreadsheet:
        """A new spreadsheet, to which the account is invited; None: nobody is."""
        made = Spreadsheet(tabs=list(tabs) or [Tab(sheet_id=0, title="Sheet1")], roles={ACCOUNT: role} if role else {})
        self.spreadsheets[key] = made
        return made

    def answer(self, request: Request, token: str, body: bytes) -> dict[str, Any]:
        """The right answer. Raises ApiError for one that is no success."""
        scopes = self._token(token)
        if not self.is_enabled:
            raise ApiError(403, answers.DISABLED, reason="SERVICE_DISABLED")
        if len(body) > _MOST_BYTES:
            raise ApiError(400, answers.TOO_LARGE)
        writes = request.method != "GET"
        if not scopes.scopes & (_WRITE if writes else _READ):
            raise ApiError(403, answers.FEW_SCOPES, reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        spreadsheet_id, verb = _address(request.path)
        with self.lock:
            found = self._allowed(spreadsheet_id, scopes.account, writes)
            return _done(spreadsheet_id, found, verb, request, body)

    def _token(self, token: str) -> Token:
        found = self.tokens.given.get(token)
        if found is None or found.expires_at < time.time():
            raise ApiError(401, answers.BAD_TOKEN, reason="ACCESS_TOKEN_EXPIRED" if found else "")
        return found

    def _allowed(self, spreadsheet_id: str, account: str, writes: bool) -> Spreadsheet:
        found = self.spreadsheets.get(spreadsheet_id)
        if found is None:
            raise ApiError(404, answers.NOT_FOUND)
        role = found.roles.get(account)
        if role is None or (writes and role != "writer"):
            raise ApiError(403, answers.NO_PERMISSION)
        if not found.is_native:
            raise ApiError(400, answers.NO_SHEET, status="FAILED_PRECONDITION")
        return found


def _address(path: str) -> tuple[str, str]:
    """The spreadsheet, and what is wanted of it: `/v4/spreadsheets/KEY/values/Sheet1!A1`."""
    parts = path.split("/", 3)
    if len(parts) < 4 or parts[1:3] != ["v4", "spreadsheets"]:
        raise ApiError(404, answers.NOT_FOUND)
    rest = parts[3]
    end = next((place for place, letter in enumerate(rest) if letter in ":/"), len(rest))
    return unquote(rest[:end]), unquote(rest[end:])


def _done(spreadsheet_id: str, found: Spreadsheet, verb: str, request: Request, body: bytes) -> dict[str, Any]:
    query = parse_qs(request.query)
    if request.method == "GET" and verb == "":
        return get_spreadsheet(spreadsheet_id, found, query)
    if request.method == "GET" and verb == "/values:batchGet":
        return batch_get(spreadsheet_id, found, query)
    if request.method == "GET" and verb.startswith("/values/"):
        return get_values(found, verb.removeprefix("/values/"), query)
    if request.method == "POST" and verb == ":batchUpdate":
        try:
            wanted = json.loads(body)
        except ValueError:
            raise ApiError(400, "Invalid JSON payload received. Unexpected token.") from None
        return batch_update(spreadsheet_id, found, wanted)
    raise ApiError(404, answers.NOT_FOUND)


@contextmanager
def fake_google() -> Iterator[FakeGoogle]:
    """A running one on a free port of 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.block_on_close = False
    google = FakeGoogle(f"http://127.0.0.1:{server.server_port}")
    server.google = google  # type: ignore[attr-defined]  # the handler is made by the server and finds it there
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield google
    finally:
        google.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one piece: two would wait for each other, 40 ms a request.
    wbufsize = -1

    @property
    def google(self) -> FakeGoogle:
        google: FakeGoogle = self.server.google  # type: ignore[attr-defined]  # set by fake_google
        return google

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _serve(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        request = Request(method=self.command, path=parts.path, query=parts.query, size=len(body))
        self.google.requests.append(request)
        if parts.path == "/token":
            return self._reply(*self.google.tokens.exchange(dict(parse_qsl(body.decode()))))
        if self.google.before_each:
            self.google.before_each(request)
        time.sleep(self.google.seconds_a_request)
        unwell = self.google.next_answers.popleft() if self.google.next_answers else None
        if unwell == "hangs":
            return self._hang()
        if unwell == "is_cut":
            return self._cut(b'{"spreadsheetId": "1Ab')
        if isinstance(unwell, ApiError):
            return self._reply(unwell.code, unwell.body, unwell.headers)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            status, answer = 200, self.google.answer(request, token, body)
        except ApiError as error:
            status, answer = error.code, error.body
        if unwell == "hangs_after_it_is_done":
            return self._hang()
        if unwell == "is_cut_after_it_is_done":
            return self._cut(b"")
        return self._reply(status, answer)

    def _hang(self) -> None:
        self.google.released.wait()
        self.close_connection = True

    def _cut(self, begin: bytes) -> None:
        """The answer breaks off in its middle; without any of it, the connection just ends."""
        if begin:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "4096")
            self.end_headers()
            self.wfile.write(begin)
        self.close_connection = True

    def _reply(self, status: int, answer: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        text = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(text)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""
