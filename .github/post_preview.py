"""Posts a preview as a comment of its pull request, in place of the one that was posted before.

Usage: post_preview.py FILE, with GITHUB_API_URL and GITHUB_REPOSITORY as Actions sets them, PULL_REQUEST and
GITHUB_TOKEN. The comment posted before is the one of a bot that begins with the first line of FILE. Standard library
only: it runs on the runner's Python.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PAGE = 100


def main() -> int:
    text = Path(sys.argv[1]).read_text("utf-8")
    issue = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    number = os.environ["PULL_REQUEST"]
    try:
        before = earlier_comment(f"{issue}/{number}/comments", text.partition("\n")[0])
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


def earlier_comment(address: str, marker: str) -> int | None:
    """The id of the first comment of a bot that begins with `marker`."""
    page = 1
    while True:
        comments = ask("GET", f"{address}?per_page={PAGE}&page={page}")
        for comment in comments:
            if comment["user"]["type"] == "Bot" and comment["body"].startswith(marker):
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
