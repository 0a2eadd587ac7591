"""The machine's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from docs_pages.browser import NAMES


@contextmanager
def started_chromium() -> Iterator[Browser]:
    """Without a window; ends with the block. Skips the test where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("Chromium is not on this machine: apt-get install chromium")
    # Five seconds otherwise: the machine runs other tests as well.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        # Only ends what would never end: a busy machine is no failure.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"], timeout=300_000)
        yield browser
        browser.close()
