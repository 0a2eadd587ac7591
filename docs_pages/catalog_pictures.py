"""The catalogue of the demo as a folder of pages, photographed: all well, and with a check that fails."""

import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from demo import warehouse
from demo.stage import Stage
from demo.summary_runs import RunWatch
from docs_pages.browser import Browser, BrowserError
from summary_tables import cli

_TABLE = "nps_summary"
_ADDRESS = "DEMO_WAREHOUSE"
_LIST = (1280, 480)
_PAGE = (1280, 1180)
_FEWER_ROWS = "DELETE FROM raw_data.nps WHERE id % 4 = 0"
"""Its input check asks for more."""


def catalog_pictures(browser: Browser, stage: Stage, site: Path) -> Iterator[tuple[str, bytes]]:
    """Names and PNGs; afterwards raw_data.nps has fewer rows. Raises BrowserError, DemoError."""
    _write(stage, site)
    yield "catalog_table.png", _page(browser, site)
    _let_a_check_fail(stage)
    _write(stage, site)
    yield "catalog_failing.png", _page(browser, site)
    for scheme in ("light", "dark"):
        yield f"catalog_{scheme}.png", _list(browser, site, scheme)


def _write(stage: Stage, site: Path) -> None:
    """As somebody writes it who has the address in an environment variable."""
    os.environ[_ADDRESS] = stage.server.uri(warehouse.DATABASE, "builder", stage.roles.builder)
    with redirect_stdout(StringIO()) as said:
        code = cli.main(["catalog", "build", "--output", str(site), "--warehouse", f"env:{_ADDRESS}"])
    if code:
        raise BrowserError(f"the pages were not written: {said.getvalue()}")


def _page(browser: Browser, site: Path) -> bytes:
    browser.resize(*_PAGE)
    browser.prefer("light")
    browser.open((site / f"tables/analytics.{_TABLE}.html").as_uri(), until="Versions")
    return browser.picture()


def _list(browser: Browser, site: Path, scheme: str) -> bytes:
    browser.resize(*_LIST)
    browser.prefer(scheme)
    browser.open((site / "index.html").as_uri(), until=_TABLE)
    return browser.picture()


def _let_a_check_fail(stage: Stage) -> None:
    """The check's words are logged by its first try; nobody waits for the others."""
    with stage.server.connect(warehouse.DATABASE, "loader", stage.roles.loader) as session:
        session.execute(_FEWER_ROWS)
    watch = RunWatch(api=stage.api, dag_id=_TABLE, since=datetime.now(UTC))
    stage.api.trigger(_TABLE)
    stage.services.wait_until(watch.look, seconds=600, what="A check that fails", every=0.7)
