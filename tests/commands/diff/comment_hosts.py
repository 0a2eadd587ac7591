"""Servers that take comments as GitHub's and GitLab's do, as far as a script that posts one can see.

What they do is what their manuals and their answers say: GitHub's "REST API endpoints for issue comments" (a body
beyond 262,144 bytes is refused with 422 and the words below; a list has 100 a page at most); GitLab's "Notes API" and
"Users API" (`PRIVATE-TOKEN`; a project that a token may not see is 404; 1,000,000 characters a note; a line that is a
quick action is carried out, unless it stands in a block of code; people's notes stand in the same list).
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "not-a-real-token"
_QUICK_ACTION = re.compile(r"(?m)^/[a-z_]+(?: .*)?$")
_FENCED = re.compile(r"(?ms)^```.+?^```$")


class RefusedError(Exception):
    def __init__(self, status: int, answer: Any) -> None:
        super().__init__(status)
        self.status, self.answer = status, answer


@dataclass
class CommentHost:
    """`status`: what every request is answered with instead; `asked`: the requests so far."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    status: int = 0
    asked: list[str] = field(default_factory=list)
    address: str = ""
    authorization: tuple[str, str] = ("", "")
    update: str = ""

    def comment(self, body: str, by: str = "") -> dict[str, Any]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        raise NotImplementedError

    def refuse(self, body: str) -> None:
        raise NotImplementedError

    def answer(self, method: str, path: str, headers: Any, body: Any) -> Any:
        self.asked.append(f"{method} {path}")
        if headers[self.authorization[0]] != self.authorization[1]:
            raise RefusedError(401, {"message": "401 Unauthorized"})
        if self.status:
            raise RefusedError(self.status, {"message": "no"})
        where = urlsplit(path)
        if method == "GET":
            query = parse_qs(where.query)
            size, page = min(int(query["per_page"][0]), 100), int(query["page"][0])
            return self.comments[(page - 1) * size : page * size]
        self.refuse(body["body"])
        if method == "POST":
            self.comments.append(self.comment(body["body"]))
            return self.comments[-1]
        found = [each for each in self.comments if each["id"] == int(where.path.rpartition("/")[2])]
        if method != self.update or not found:
            raise RefusedError(404, {"message": "Not Found"})
        found[0]["body"] = body["body"]
        return found[0]


@dataclass
class GitHub(CommentHost):
    """Comments of pull request 7 of acme/tables."""

    authorization: tuple[str, str] = ("Authorization", f"Bearer {TOKEN}")
    update: str = "PATCH"

    def comment(self, body: str, by: str = "") -> dict[str, Any]:
        return {"id": len(self.comments), "body": body, "user": {"login": by or "github-actions[bot]"}}

    def environment(self) -> dict[str, str]:
        return {
            "GITHUB_API_URL": self.address,
            "GITHUB_REPOSITORY": "acme/tables",
            "PULL_REQUEST": "7",
            "GITHUB_TOKEN": TOKEN,
        }

    def refuse(self, body: str) -> None:
        if len(body.encode()) > 262_144:
            raise RefusedError(422, {"message": "Body is too long (maximum is 65536 characters)"})


@dataclass
class GitLab(CommentHost):
    """Notes of merge request 7 of project 42; `actions`: the quick actions that were carried out."""

    authorization: tuple[str, str] = ("PRIVATE-TOKEN", TOKEN)
    update: str = "PUT"
    actions: list[str] = field(default_factory=list)

    def comment(self, body: str, by: str = "") -> dict[str, Any]:
        author = {"id": 1 if by else 99, "username": by or "project_42_bot_1"}
        return {"id": len(self.comments), "body": body, "author": author, "system": False}

    def environment(self) -> dict[str, str]:
        return {
            "GITLAB_CI": "true",
            "CI_API_V4_URL": f"{self.address}/api/v4",
            "CI_MERGE_REQUEST_PROJECT_ID": "42",
            "CI_MERGE_REQUEST_IID": "7",
            "GITLAB_TOKEN": TOKEN,
        }

    def answer(self, method: str, path: str, headers: Any, body: Any) -> Any:
        if path == "/api/v4/user" and headers["PRIVATE-TOKEN"] == TOKEN and not self.status:
            return {"id": 99, "username": "project_42_bot_1"}
        if not path.startswith("/api/v4/projects/42/merge_requests/7/notes"):
            raise RefusedError(404, {"message": "404 Project Not Found"})
        return super().answer(method, path, headers, body)

    def refuse(self, body: str) -> None:
        if len(body) > 1_000_000:
            words = ["is too long (maximum is 1000000 characters)"]
            raise RefusedError(400, {"message": {"note": words}})
        self.actions += _QUICK_ACTION.findall(_FENCED.sub("", body))


@contextmanager
def serving(host: CommentHost) -> Iterator[None]:
    """`host` at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_PATCH(self) -> None:
            self._answer()

        def do_PUT(self) -> None:
            self._answer()

        def _answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                status, found = (
                    200,
                    host.answer(self.command, self.path, self.headers, json.loads(raw) if raw else None),
                )
            except RefusedError as error:
                status, found = error.status, error.answer
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield
        server.shutdown()
        thread.join()
