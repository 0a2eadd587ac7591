"""Finds the pull request that another run was about, and fetches its commits into this clone, as `PULL_REQUEST_REF`.

Of a fork GitHub does not say the number in the event, so it is asked for open ones of that branch whose last commit is
the run's. With GITHUB_API_URL, GITHUB_SERVER_URL, GITHUB_REPOSITORY and GITHUB_OUTPUT as Actions sets them; HEAD_OWNER,
HEAD_BRANCH and HEAD_SHA from the event; GITHUB_TOKEN. Nothing that is fetched is checked out or run. Writes `number`
and `base` to GITHUB_OUTPUT; neither where there is no such pull request any more. Standard library only.
"""

import base64
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PULL_REQUEST_REF = "refs/preview/head"
_BRANCH = re.compile(r"(?!-)[\w./+@-]+")


def main() -> int:
    try:
        found = pull_request()
    except (urllib.error.URLError, ValueError) as error:
        print(f"::error::GitHub does not say which pull request this is: {error}")
        return 1
    if found is None:
        print("::notice::There is no open pull request with this commit any more.")
        return 0
    number, base = int(found["number"]), str(found["base"]["ref"])
    if not _BRANCH.fullmatch(base):
        print("::error::The name of the branch that this is to be merged into is not one that a run can use.")
        return 1
    if subprocess.run(fetch(number), env={**os.environ, **credentials()}, check=False).returncode:
        print("::error::The commits of the pull request cannot be fetched.")
        return 1
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as output:
        output.write(f"number={number}\nbase=origin/{base}\n")
    return 0


def pull_request() -> dict[str, Any] | None:
    """The open one whose last commit is the run's."""
    query = urlencode({"state": "open", "head": f"{os.environ['HEAD_OWNER']}:{os.environ['HEAD_BRANCH']}"})
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/pulls?{query}"
    request = urllib.request.Request(address)
    request.add_header("Authorization", f"Bearer {os.environ['GITHUB_TOKEN']}")
    request.add_header("Accept", "application/vnd.github+json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return next((each for each in found if each["head"]["sha"] == os.environ["HEAD_SHA"]), None)


def fetch(number: int) -> list[str]:
    """A fork's commits are there, too, and the clone learns no name of theirs but ours."""
    return ["git", "fetch", "--quiet", "--no-tags", "origin", f"+refs/pull/{number}/head:{PULL_REQUEST_REF}"]


def credentials() -> dict[str, str]:
    """For this one call of git: in its environment, so that they are in no file and no list of processes."""
    basic = base64.b64encode(f"x-access-token:{os.environ['GITHUB_TOKEN']}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{os.environ['GITHUB_SERVER_URL']}/.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {basic}",
        "GIT_TERMINAL_PROMPT": "0",
    }


if __name__ == "__main__":
    sys.exit(main())
