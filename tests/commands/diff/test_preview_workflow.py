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

from summary_tables.commands.diff.comment import MARKER

ROOT = Path(__file__).parents[3]
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


def comment(number: int, body: str, by: str = "github-actions[bot]") -> dict[str, Any]:
    return {"id": number, "body": body, "user": {"login": by}}


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


def post(github: GitHub, place: Path, text: str, number: str = "7") -> tuple[int, str]:
    """Runs the script as the workflow does: exit code and all that it prints."""
    (place / "preview.md").write_text(text, "utf-8")
    return run_script(github, place, number)


def run_script(github: GitHub, place: Path, number: str = "7") -> tuple[int, str]:
    environment = {
        "PATH": os.environ["PATH"],
        "GITHUB_API_URL": github.address,
        "GITHUB_REPOSITORY": "acme/tables",
        "PULL_REQUEST": number,
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
    github.comments += [comment(0, f"{MARKER}\nmine\n", "jin"), comment(1, f"> {MARKER}\nquoted\n")]
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


NO_PREVIEW = (1, "::error::The run left no preview that could be posted.\n")


def test_nothing_but_a_preview_is_posted(github: GitHub, tmp_path: Path) -> None:
    """The file was made by the code of a branch."""
    github.comments.append(comment(0, "of another workflow"))
    assert post(github, tmp_path, "") == NO_PREVIEW
    assert post(github, tmp_path, "\nof another workflow") == NO_PREVIEW
    assert post(github, tmp_path, f"{MARKER}\n\0") == NO_PREVIEW
    assert post(github, tmp_path, f"{MARKER}\n" + "x" * 65_536) == NO_PREVIEW
    file = tmp_path / "preview.md"
    file.write_bytes(f"{MARKER}\n".encode() + b"\xff")
    assert run_script(github, tmp_path) == NO_PREVIEW
    file.unlink()
    assert run_script(github, tmp_path) == NO_PREVIEW
    (tmp_path / "secret").write_text(f"{MARKER}\nsecret\n")
    file.symlink_to(tmp_path / "secret")
    assert run_script(github, tmp_path) == NO_PREVIEW
    file.unlink()
    os.mkfifo(file)
    assert run_script(github, tmp_path) == NO_PREVIEW
    assert [each["body"] for each in github.comments] == ["of another workflow"]


@pytest.mark.parametrize("number", ["", "7/../8", "7 "])
def test_without_a_number_nothing_is_posted(github: GitHub, tmp_path: Path, number: str) -> None:
    assert post(github, tmp_path, f"{MARKER}\nnew\n", number) == (
        0,
        "::notice::GitHub does not say of which pull request this is; the preview is in the summary of the run.\n",
    )
    assert github.asked == []


def test_the_script_knows_what_a_preview_begins_with() -> None:
    assert f'MARKER = "{MARKER}"' in SCRIPT.read_text("utf-8")
