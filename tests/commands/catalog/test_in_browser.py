"""The folder of pages in a browser, opened from the disk: search as one types needs no server."""

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from docs_pages.browser import NAMES, Browser, started_browser
from summary_tables.catalog.pages.table_details import NO_DETAILS
from summary_tables.commands.catalog.site_files import SiteContent, site_files
from summary_tables.commands.catalog.site_folder import write_site
from tests.catalog.pages.made_catalog import HOSTILE, catalog

pytestmark = pytest.mark.skipif(not any(map(shutil.which, NAMES)), reason="Chromium is not on this machine")


def evaluated(browser: Browser, expression: str) -> Any:
    return browser.call("Runtime.evaluate", expression=expression)["result"].get("value")


def typed(browser: Browser, words: str) -> str:
    """What is shown below the search once somebody has typed `words`."""
    return str(
        evaluated(
            browser,
            "{ const field = document.querySelector('input[type=search]');"
            f"field.value = {json.dumps(words)}; field.dispatchEvent(new Event('input'));"
            "document.querySelector('[data-found]').innerText }",
        )
    )


def test_search_from_the_disk(tmp_path: Path) -> None:
    found = catalog(*catalog().entries.values(), HOSTILE)
    # A folder whose name has to be written otherwise in an address.
    site = tmp_path / "the site of 표 #1"
    write_site(site, site_files(SiteContent(catalog=found, details=lambda _: NO_DETAILS)))
    with started_browser(1280, 900) as browser:
        browser.open((site / "index.html").as_uri(), until="9 tables")
        every = str(evaluated(browser, "document.querySelector('[data-found]').innerText"))
        assert " ".join(typed(browser, "NPS_Summary").split()) == (
            "1 of 9 tables analytics.nps_summary Fresh · Net Promoter Score per day."
        )
        assert typed(browser, "채널") == "0 of 9 tables"
        assert "growth.weekly_signups" in typed(browser, "주간 가입")
        # Half a syllable, as one types it.
        assert "growth.weekly_signups" in typed(browser, "가ᄋ")
        assert "<script>alert(1)</script>" in typed(browser, "alert")
        assert evaluated(browser, "document.querySelectorAll('.results script, .results img').length") == 0
        assert typed(browser, "  ") == every
        # An address with a search shows what it finds.
        browser.open(f"{(site / 'index.html').as_uri()}?q=nps_summary", until="1 of 9 tables")
        evaluated(browser, "document.querySelector('form').requestSubmit()")
        deadline = time.monotonic() + 300
        while evaluated(browser, "document.title") != "analytics.nps_summary · Summary tables":
            assert time.monotonic() < deadline
            time.sleep(0.1)
