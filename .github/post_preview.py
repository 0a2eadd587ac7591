"""Posts a preview as a comment of its pull request, in place of the one that was posted before.

Usage: post_preview.py FILE, with GITHUB_API_URL and GITHUB_REPOSITORY as Actions sets them, PULL_REQUEST and
GITHUB_TOKEN. The comment posted before is the one of GitHub's own bot that begins with `MARKER`. FILE was made by the
code of a branch and may hold anything: unless it is a regular file of a limited size that begins with `MARKER`, nothing
is posted. Standard library only: it runs on the runner's Python.
"""

import json
import os
import stat
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PAGE = 100
MARKER = "<!-- summary-tables-preview -->"
LONGEST = 65_536
"""Characters that GitHub takes in a comment; each is four bytes at most."""
BOT = "github-actions[bot]"


def main() -> int:
    number = os.environ["PULL_REQUEST"]
    if not (number.isascii() and number.isdigit()):
        print("::notice::GitHub does not say of which pull request this is; the preview is in the summary of the run.")
        return 0
    text = preview(Path(sys.argv[1]))
    if not text:
        print("::error::The run left no preview that could be posted.")
        return 1
    issue = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    try:
        before = earlier_comment(f"{issue}/{number}/comments")
        if before is None:
            ask("POST", f"{issue}/{number}/comments", {"body": text})
        else:
            ask("PATCH", f"{issue}/comments/{before}", {"body": text})
    except urllib.error.HTTPError as error:
        if error.code == 403:
            print("::notice::The token of this run may not comment; the preview is in the summary of the run.")
            return 0
        print(f"::error::GitHub did not take the comment: {error.code} {error.reason}")
        return 1
    except urllib.error.URLError as error:
        print(f"::error::GitHub cannot be reached: {error.reason}")
        return 1
    return 0


def preview(path: Path) -> str:
    """The text; empty where the file is no preview."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return ""
            data = file.read(4 * LONGEST + 1)
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    return text if text.startswith(f"{MARKER}\n") and len(text) <= LONGEST and "\0" not in text else ""


def earlier_comment(address: str) -> int | None:
    """The id of the first comment of GitHub's own bot that begins with `MARKER`."""
    page = 1
    while True:
        comments = ask("GET", f"{address}?per_page={PAGE}&page={page}")
        for comment in comments:
            if comment["user"]["login"] == BOT and comment["body"].startswith(MARKER):
                return int(comment["id"])
        if len(comments) < PAGE:
            return None
        page += 1


def ask(method: str, address: str, body: dict[str, str] | None = None) -> Any:
    request = urllib.request.Request(address, method=method, data=json.dumps(body).encode("utf-8") if body else None)
    request.add_header("Authorization", f"Bearer {os.environ['GITHUB_TOKEN']}")
    request.add_header("Accept", "application/vnd.github+json")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main())
