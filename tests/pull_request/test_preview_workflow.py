"""The workflow that posts the preview, and its script against a GitHub of our own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from summary_tables.pull_request.preview import MARKER

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "preview.yaml"
SCRIPT = ROOT / ".github" / "post_preview.py"
TOKEN = "not-a-real-token"


@dataclass
class GitHub:
    """Comments of pull request 7; `status`: what every request is answered with."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, method: str, path: str, body: Any) -> Any:
        self.asked.append(f"{method} {path}")
        where = urlsplit(path)
        if method == "GET":
            query = parse_qs(where.query)
            size, page = int(query["per_page"][0]), int(query["page"][0])
            return self.comments[(page - 1) * size : page * size]
        if method == "POST":
            self.comments.append(comment(len(self.comments), body["body"]))
            return self.comments[-1]
        (found,) = [each for each in self.comments if each["id"] == int(where.path.rpartition("/")[2])]
        found["body"] = body["body"]
        return found


def comment(number: int, body: str, kind: str = "Bot") -> dict[str, Any]:
    return {"id": number, "body": body, "user": {"type": kind}}


@pytest.fixture
def github() -> Iterator[GitHub]:
    state = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_PATCH(self) -> None:
            self._answer()

        def _answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            allowed = self.headers["Authorization"] == f"Bearer {TOKEN}"
            found = state.answer(self.command, self.path, json.loads(raw) if raw else None)
            self.send_response(state.status if allowed else 401)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield state
        server.shutdown()
        thread.join()


def post(github: GitHub, place: Path, text: str) -> tuple[int, str]:
    """Runs the script as the workflow does: exit code and all that it prints."""
    (place / "preview.md").write_text(text, "utf-8")
    environment = {
        "PATH": os.environ["PATH"],
        "GITHUB_API_URL": github.address,
        "GITHUB_REPOSITORY": "acme/tables",
        "PULL_REQUEST": "7",
        "GITHUB_TOKEN": TOKEN,
    }
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(place / "preview.md")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_first_preview_is_a_new_comment_and_the_next_takes_its_place(github: GitHub, tmp_path: Path) -> None:
    assert post(github, tmp_path, f"{MARKER}\n하나\n") == (0, "")
    assert post(github, tmp_path, f"{MARKER}\ntwo\n") == (0, "")
    assert [each["body"] for each in github.comments] == [f"{MARKER}\ntwo\n"]
    assert github.asked == [
        "GET /repos/acme/tables/issues/7/comments?per_page=100&page=1",
        "POST /repos/acme/tables/issues/7/comments",
        "GET /repos/acme/tables/issues/7/comments?per_page=100&page=1",
        "PATCH /repos/acme/tables/issues/comments/0",
    ]


def test_comment_is_found_behind_the_first_hundred(github: GitHub, tmp_path: Path) -> None:
    github.comments += [comment(n, "hello") for n in range(100)]
    github.comments.append(comment(100, f"{MARKER}\nold\n"))
    assert post(github, tmp_path, f"{MARKER}\nnew\n") == (0, "")
    assert [each["body"] for each in github.comments[99:]] == ["hello", f"{MARKER}\nnew\n"]


def test_comments_of_people_are_left_alone(github: GitHub, tmp_path: Path) -> None:
    github.comments += [comment(0, f"{MARKER}\nmine\n", "User"), comment(1, f"> {MARKER}\nquoted\n")]
    assert post(github, tmp_path, f"{MARKER}\nnew\n") == (0, "")
    assert [each["body"] for each in github.comments] == [
        f"{MARKER}\nmine\n",
        f"> {MARKER}\nquoted\n",
        f"{MARKER}\nnew\n",
    ]


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, 0, "::notice::The token of this run may not comment; the preview is in the summary of the run.\n"),
        (500, 1, "::error::GitHub did not take the comment: 500 Internal Server Error\n"),
    ],
)
def test_github_refuses(github: GitHub, tmp_path: Path, status: int, code: int, words: str) -> None:
    github.status = status
    assert post(github, tmp_path, f"{MARKER}\nnew\n") == (code, words)


def test_github_is_away(tmp_path: Path) -> None:
    code, words = post(GitHub(address="http://127.0.0.1:1"), tmp_path, f"{MARKER}\nnew\n")
    assert code == 1
    assert words.startswith("::error::GitHub cannot be reached: [Errno ")
    assert words.count("\n") == 1


def test_workflow_is_valid() -> None:
    subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW)],
        check=True,
        capture_output=True,
    )


def test_workflow_gives_strangers_nothing() -> None:
    text = WORKFLOW.read_text("utf-8")
    workflow = yaml.load(text, yaml.BaseLoader)
    assert list(workflow["on"]) == ["pull_request"]
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    steps = workflow["jobs"]["preview"]["steps"]
    assert steps[0]["with"] == {"fetch-depth": "0", "persist-credentials": "false"}
    assert [index for index, step in enumerate(steps) if "github.token" in str(step)] == [len(steps) - 1]
    assert steps[-1]["if"] == "github.event.pull_request.head.repo.full_name == github.repository"
    assert not any("${{" in step.get("run", "") for step in steps)
