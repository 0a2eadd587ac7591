"""What takes the pictures of Airflow, where the machine has a Chromium."""

import shutil
import struct

import pytest

from docs_pages.browser import NAMES, BrowserError, started_browser

PAGE = "data:text/html,<body>ready</body>"


@pytest.mark.skipif(not any(map(shutil.which, NAMES)), reason="Chromium is not on this machine")
def test_picture_has_the_size_that_was_asked_for() -> None:
    with started_browser(320, 200) as browser:
        browser.open(PAGE, until="ready")
        picture = browser.picture()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (320, 200)


def test_machine_without_chromium_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BrowserError, match="apt-get install chromium"), started_browser(1, 1):
        pass
