"""The scripts by which a preview becomes a comment, against servers that answer as GitHub and GitLab do."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from summary_tables import cli
from summary_tables.commands.diff.comment import MARKER
from summary_tables.commands.exit_code import OK
from tests.commands.diff.comment_hosts import TOKEN, CommentHost, GitHub, GitLab, serving
from tests.commands.diff.config_folders import table
from tests.commands.diff.git_repository import new_repository

FOLDER = Path(__file__).parents[3] / ".github"
SCRIPT = FOLDER / "post_preview.py"
FETCH = FOLDER / "fetch_pull_request.py"


@pytest.fixture(params=[GitHub, GitLab], ids=["github", "gitlab"])
def host(request: pytest.FixtureRequest) -> Iterator[CommentHost]:
    found: CommentHost = request.param()
    with serving(found):
        yield found


def post(host: CommentHost, place: Path, text: str, **changes: str) -> tuple[int, str]:
    """Runs the script as a job does: exit code and all that it prints."""
    (place / "preview.md").write_text(text, "utf-8")
    return run_script(host, place, **changes)


def run_script(host: CommentHost, place: Path, **changes: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(place / "preview.md")],
        env={"PATH": os.environ["PATH"], **host.environment(), **changes},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert TOKEN not in done.stdout
    return done.returncode, done.stdout


def bodies(host: CommentHost) -> list[str]:
    return [each["body"] for each in host.comments]


def test_first_preview_is_a_new_comment_and_the_next_takes_its_place(host: CommentHost, tmp_path: Path) -> None:
    assert post(host, tmp_path, f"{MARKER}\n하나\n") == (0, "")
    assert post(host, tmp_path, f"{MARKER}\ntwo 🙂\n") == (0, "")
    assert bodies(host) == [f"{MARKER}\ntwo 🙂\n"]
    assert (
        host.asked
        == {
            "PATCH": [
                "GET /repos/acme/tables/issues/7/comments?per_page=100&page=1",
                "POST /repos/acme/tables/issues/7/comments",
                "GET /repos/acme/tables/issues/7/comments?per_page=100&page=1",
                "PATCH /repos/acme/tables/issues/comments/0",
            ],
            "PUT": [
                "GET /api/v4/projects/42/merge_requests/7/notes?per_page=100&page=1",
                "POST /api/v4/projects/42/merge_requests/7/notes",
                "GET /api/v4/projects/42/merge_requests/7/notes?per_page=100&page=1",
                "PUT /api/v4/projects/42/merge_requests/7/notes/0",
            ],
        }[host.update]
    )


def test_comment_is_found_behind_the_first_hundred(host: CommentHost, tmp_path: Path) -> None:
    for body in [*["hello"] * 100, f"{MARKER}\nold\n"]:
        host.comments.append(host.comment(body))
    assert post(host, tmp_path, f"{MARKER}\nnew\n") == (0, "")
    assert bodies(host)[99:] == ["hello", f"{MARKER}\nnew\n"]


def test_comments_of_people_are_left_alone(host: CommentHost, tmp_path: Path) -> None:
    host.comments.append(host.comment(f"{MARKER}\nmine\n", "jin"))
    host.comments.append(host.comment(f"> {MARKER}\nquoted\n"))
    assert post(host, tmp_path, f"{MARKER}\nnew\n") == (0, "")
    assert bodies(host) == [f"{MARKER}\nmine\n", f"> {MARKER}\nquoted\n", f"{MARKER}\nnew\n"]


NAMES = {"PATCH": ("::notice::", "::error::GitHub"), "PUT": ("", "GitLab")}


def test_host_refuses(host: CommentHost, tmp_path: Path) -> None:
    notice, error = NAMES[host.update]
    for status, code, words in (
        (403, 0, f"{notice}The token of this run may not comment; the preview is with the run.\n"),
        (401, 1, f"{error} did not take the comment: 401 Unauthorized\n"),
        (500, 1, f"{error} did not take the comment: 500 Internal Server Error\n"),
    ):
        host.status = status
        assert post(host, tmp_path, f"{MARKER}\nnew\n") == (code, words)


@pytest.mark.parametrize("away", [GitHub(address="http://127.0.0.1:1"), GitLab(address="http://127.0.0.1:1")])
def test_host_is_away(away: CommentHost, tmp_path: Path) -> None:
    code, words = post(away, tmp_path, f"{MARKER}\nnew\n")
    assert code == 1
    assert words.startswith(f"{NAMES[away.update][1]} cannot be reached: [Errno ")
    assert words.count("\n") == 1


def test_nothing_but_a_preview_is_posted(host: CommentHost, tmp_path: Path) -> None:
    """The file holds what somebody wrote in a branch."""
    none = (1, f"{'::error::' * (host.update == 'PATCH')}The run left no preview that could be posted.\n")
    host.comments.append(host.comment("of another job"))
    assert post(host, tmp_path, "") == none
    assert post(host, tmp_path, "\nof another job") == none
    assert post(host, tmp_path, f"{MARKER}\n\0") == none
    assert post(host, tmp_path, f"{MARKER}\n" + "x" * (65_536 if host.update == "PATCH" else 1_000_000)) == none
    file = tmp_path / "preview.md"
    file.write_bytes(f"{MARKER}\n".encode() + b"\xff")
    assert run_script(host, tmp_path) == none
    file.unlink()
    assert run_script(host, tmp_path) == none
    (tmp_path / "secret").write_text(f"{MARKER}\nsecret\n")
    file.symlink_to(tmp_path / "secret")
    assert run_script(host, tmp_path) == none
    file.unlink()
    os.mkfifo(file)
    assert run_script(host, tmp_path) == none
    assert bodies(host) == ["of another job"]


@pytest.mark.parametrize("number", ["", "7/../8", "7 "])
def test_without_a_number_nothing_is_posted(host: CommentHost, tmp_path: Path, number: str) -> None:
    code, words = post(host, tmp_path, f"{MARKER}\nnew\n", PULL_REQUEST=number, CI_MERGE_REQUEST_IID=number)
    assert (code, host.asked) == (0, [])
    assert (
        words
        == {
            "PATCH": "::notice::GitHub does not say of which pull request this is; "
            "the preview is in the summary of the run.\n",
            "PUT": "Not posted: there is no GITLAB_TOKEN here, or no merge request. "
            "A pipeline of a fork never has the token. The preview is in the artifacts of the job.\n",
        }[host.update]
    )


def test_pipeline_of_a_fork_has_no_token_on_gitlab(tmp_path: Path) -> None:
    code, words = post(GitLab(address="http://127.0.0.1:1"), tmp_path, f"{MARKER}\nnew\n", GITLAB_TOKEN="")
    assert (code, words.partition(":")[0]) == (0, "Not posted")


def test_the_script_knows_what_a_preview_begins_with() -> None:
    assert f'MARKER = "{MARKER}"' in SCRIPT.read_text("utf-8")


def test_longest_and_most_hostile_preview_is_taken_whole_and_commands_nothing(
    host: CommentHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = new_repository(tmp_path / "clone")
    repository.write({"base": table("base")})
    repository.commit()
    repository.git("switch", "--quiet", "--create", "branch")
    hostile = ["```", "/merge", "/assign @jin 한국어 🙂", "```"]
    sql = "\n".join(["SELECT '", *hostile, "' AS a", *(f"-- {number} {'🙂' * 80}" for number in range(900))])
    description = "description: /close @team #7 !7\n"
    repository.write({f"t{number}": table(f"t{number}", sql, description) for number in range(4)})
    monkeypatch.chdir(repository.root)
    name = "github" if host.update == "PATCH" else "gitlab"
    assert cli.main(["diff", "--host", name, "--output", str(tmp_path / "preview.md")]) == OK
    assert run_script(host, tmp_path) == (0, "")
    (body,) = bodies(host)
    assert body == (tmp_path / "preview.md").read_text("utf-8")
    assert "**Cut to" in body
    if isinstance(host, GitLab):
        assert host.actions == []


class PullRequests:
    """What GitHub says of open pull requests, by the head that is asked for."""

    def __init__(self, found: dict[str, list[dict[str, object]]]) -> None:
        self.found = found
        self.address = ""

    def __enter__(self) -> "PullRequests":
        state = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                where = urlsplit(self.path)
                is_asked = (
                    where.path == "/repos/acme/tables/pulls" and self.headers["Authorization"] == f"Bearer {TOKEN}"
                )
                query = parse_qs(where.query)
                self.send_response(200 if is_asked and query["state"] == ["open"] else 404)
                self.end_headers()
                self.wfile.write(json.dumps(state.found.get(query["head"][0], [])).encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def fetch(place: Path, api: PullRequests, sha: str, branch: str = "fix/한글") -> tuple[int, str, str]:
    """Runs the script in the clone at `place`: exit code, what it prints, and its outputs."""
    output = place.parent / "output"
    output.write_text("")
    done = subprocess.run(
        [sys.executable, str(FETCH)],
        cwd=place,
        env={
            "PATH": os.environ["PATH"],
            "GITHUB_API_URL": api.address,
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "acme/tables",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_TOKEN": TOKEN,
            "HEAD_OWNER": "stranger",
            "HEAD_BRANCH": branch,
            "HEAD_SHA": sha,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert TOKEN not in done.stdout
    return done.returncode, done.stdout, output.read_text()


def test_pull_request_of_a_fork_is_found_by_its_commit_and_fetched_as_data(tmp_path: Path) -> None:
    origin = new_repository(tmp_path / "origin")
    origin.write({"a": table("a")})
    origin.commit()
    origin.git("switch", "--quiet", "--create", "theirs")
    origin.write({"b": table("b")})
    sha = origin.commit()
    origin.git("update-ref", "refs/pull/8/head", sha)
    origin.git("switch", "--quiet", "main")
    origin.git("clone", "--quiet", "--single-branch", str(origin.root), str(tmp_path / "clone"))
    clone = tmp_path / "clone"
    base = {"ref": "main"}
    heads = [{"number": 7, "base": base, "head": {"sha": "0" * 40}}, {"number": 8, "base": base, "head": {"sha": sha}}]
    with PullRequests(
        {"stranger:fix/한글": heads, "stranger:odd": [{**heads[1], "base": {"ref": "x\nnumber=9"}}]}
    ) as api:
        assert fetch(clone, api, sha) == (0, "", "number=8\nbase=origin/main\n")
        assert origin.git("-C", str(clone), "rev-parse", "refs/preview/head") == sha
        assert not (clone / "dag_configs" / "b.yaml").exists()
        gone = "::notice::There is no open pull request with this commit any more.\n"
        assert fetch(clone, api, "1" * 40) == (0, gone, "")
        code, words, outputs = fetch(clone, api, sha, "odd")
        assert (code, outputs) == (1, "")
        assert (
            words == "::error::The name of the branch that this is to be merged into is not one that a run can use.\n"
        )


def test_github_is_away_when_the_pull_request_is_looked_for(tmp_path: Path) -> None:
    away = PullRequests({})
    away.address = "http://127.0.0.1:1"
    code, words, outputs = fetch(tmp_path, away, "1" * 40)
    assert (code, outputs) == (1, "")
    assert words.startswith("::error::GitHub does not say which pull request this is: ")
