"""`make screenshots`: runs the demo and takes the pictures of Airflow and of the catalogue in `docs/images/` anew.

Needs Chromium, and some minutes. `make docs` draws the other pictures.
"""

import json
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from demo import show
from demo.airflow_environment import USER
from demo.progress import Progress
from demo.stage import REPOSITORY, Stage, set_stage
from demo.state import State
from docs_pages import DOCS
from docs_pages.browser import Browser, BrowserError, started_browser
from docs_pages.catalog_pictures import catalog_pictures
from docs_pages.comment_picture import comment_picture

_TABLE = "nps_summary"
_WIDTH, _HEIGHT = 1200, 660
_OPEN_GROUPS = f"localStorage.setItem('{_TABLE}/open-groups', JSON.stringify(['input_check', 'output_check']))"
_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def main() -> int:
    """Returns the exit code."""
    with Progress() as progress, ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="summary-tables-pictures-")))
        # PostgreSQL runs as somebody else where this runs as root.
        home.chmod(0o755)
        state = State(home)
        state.lock()
        try:
            browser = stack.enter_context(started_browser(_WIDTH, _HEIGHT))
            stage = set_stage(state, progress, stack, "")
            show.build(stage, progress)
            for scheme in ("light", "dark"):
                (DOCS / f"images/airflow_{scheme}.png").write_bytes(_grid(browser, stage, scheme))
                progress.done(f"docs/images/airflow_{scheme}.png is written")
            for name, picture in catalog_pictures(browser, stage, home / "site"):
                (DOCS / "images" / name).write_bytes(picture)
                progress.done(f"docs/images/{name} is written")
            (DOCS / "images/comment.png").write_bytes(
                comment_picture(browser, _comment(), is_open=True, is_whole=False)
            )
            progress.done("docs/images/comment.png is written")
        except BrowserError as error:
            progress.say(str(error))
            return 1
    return 0


def _comment() -> str:
    """What a test proves is written into a pull request, with a time in the place of the one that no test knows."""
    text = (REPOSITORY / "tests/golden/diff/rows_of_the_summaries.md").read_text("utf-8")
    return text.replace("S.SS s", "0.38 s")


def _grid(browser: Browser, stage: Stage, scheme: str) -> bytes:
    """The newest run of the table, with each check."""
    run = stage.api.runs(_TABLE)[0].run_id
    browser.call("Network.setCookie", name="_token", value=_token(stage), url=stage.address)
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=_OPEN_GROUPS)
    browser.prefer(scheme)
    browser.open(f"{stage.address}/dags/{_TABLE}/runs/{quote(run, safe='')}", until="at least 12 rows")
    return browser.picture()


def _token(stage: Stage) -> str:
    body = json.dumps({"username": USER, "password": stage.secrets.admin_password}).encode()
    request = urllib.request.Request(f"{stage.address}/auth/token", body, {"Content-Type": "application/json"})
    with _NO_PROXY.open(request, timeout=60) as answer:
        return str(json.load(answer)["access_token"])


if __name__ == "__main__":
    sys.exit(main())
