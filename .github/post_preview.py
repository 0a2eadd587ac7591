"""Posts a preview as a comment of its pull request, in place of the one that was posted before.

Usage: post_preview.py FILE, with PULL_REQUEST and GITHUB_TOKEN on GitHub, GITLAB_TOKEN on GitLab; the rest is set by
Actions and by GitLab CI. The comment posted before is the one of the same account that begins with `MARKER`. FILE holds
what somebody wrote in a branch: unless it is a regular file of a limited size that begins with `MARKER`, nothing is
posted. Standard library only: it runs on the runner's Python.
"""

import json
import os
import stat
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

PAGE = 100
MARKER = "<!-- summary-tables-preview -->"
BOT = "github-actions[bot]"


@dataclass(frozen=True, kw_only=True)
class Host:
    """Where the comment stands. `comments` lists and takes them; `one` is the address of one, with its id behind it.

    `longest`: characters that a comment may have. `is_ours`: a comment is of the account of the token.
    """

    name: str
    comments: str
    one: str
    updates_with: str
    longest: int
    headers: Mapping[str, str]
    is_ours: Callable[[Any], bool]


def main() -> int:
    host = gitlab() if os.environ.get("GITLAB_CI") else github()
    if host is None:
        return 0
    text = preview(Path(sys.argv[1]), host.longest)
    if not text:
        return failed("The run left no preview that could be posted.")
    try:
        before = earlier_comment(host)
        if before is None:
            ask(host, "POST", host.comments, {"body": text})
        else:
            ask(host, host.updates_with, f"{host.one}/{before}", {"body": text})
    except urllib.error.HTTPError as error:
        if error.code == 403:
            notice("The token of this run may not comment; the preview is with the run.")
            return 0
        return failed(f"{host.name} did not take the comment: {error.code} {error.reason}")
    except urllib.error.URLError as error:
        return failed(f"{host.name} cannot be reached: {error.reason}")
    return 0


def notice(words: str) -> None:
    print(words if os.environ.get("GITLAB_CI") else f"::notice::{words}")


def failed(words: str) -> int:
    print(words if os.environ.get("GITLAB_CI") else f"::error::{words}")
    return 1


def github() -> Host | None:
    number = os.environ["PULL_REQUEST"]
    if not (number.isascii() and number.isdigit()):
        notice("GitHub does not say of which pull request this is; the preview is in the summary of the run.")
        return None
    issues = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    token = os.environ["GITHUB_TOKEN"]
    return Host(
        name="GitHub",
        comments=f"{issues}/{number}/comments",
        one=f"{issues}/comments",
        updates_with="PATCH",
        longest=65_536,
        headers={"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"},
        is_ours=lambda comment: bool(comment["user"]["login"] == BOT),
    )


def gitlab() -> Host | None:
    token = os.environ.get("GITLAB_TOKEN", "")
    number = os.environ.get("CI_MERGE_REQUEST_IID", "")
    project = os.environ.get("CI_MERGE_REQUEST_PROJECT_ID", "")
    if not (token and number.isdigit() and project.isdigit()):
        notice(
            "Not posted: there is no GITLAB_TOKEN here, or no merge request. A pipeline of a fork never has the token. "
            "The preview is in the artifacts of the job."
        )
        return None
    api = os.environ["CI_API_V4_URL"]
    notes = f"{api}/projects/{quote(project)}/merge_requests/{number}/notes"
    headers = {"PRIVATE-TOKEN": token}
    return Host(
        name="GitLab",
        comments=notes,
        one=notes,
        updates_with="PUT",
        longest=1_000_000,
        headers=headers,
        is_ours=lambda note: bool(not note["system"] and note["author"]["id"] == account(api, headers)),
    )


def account(api: str, headers: Mapping[str, str]) -> int:
    """The id of whom the token belongs to: of a project's token that is a user of its own."""
    return int(send("GET", f"{api}/user", headers)["id"])


def preview(path: Path, longest: int) -> str:
    """The text; empty where the file is no preview."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return ""
            data = file.read(4 * longest + 1)
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    return text if text.startswith(f"{MARKER}\n") and len(text) <= longest and "\0" not in text else ""


def earlier_comment(host: Host) -> int | None:
    """The id of the first comment of the same account that begins with `MARKER`."""
    page = 1
    while True:
        comments = ask(host, "GET", f"{host.comments}?per_page={PAGE}&page={page}")
        for comment in comments:
            if comment["body"].startswith(MARKER) and host.is_ours(comment):
                return int(comment["id"])
        if len(comments) < PAGE:
            return None
        page += 1


def ask(host: Host, method: str, address: str, body: Mapping[str, str] | None = None) -> Any:
    return send(method, address, host.headers, body)


def send(method: str, address: str, headers: Mapping[str, str], body: Mapping[str, str] | None = None) -> Any:
    data = json.dumps(body).encode("utf-8") if body else None
    request = urllib.request.Request(address, method=method, data=data, headers=dict(headers))
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main())
