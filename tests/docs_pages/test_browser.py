"""What takes the pictures of Airflow, where the machine has a Chromium."""

import shutil
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from docs_pages.browser import NAMES, BrowserError, started_browser

PAGE = "data:text/html,<body>ready</body>"

needs_chromium = pytest.mark.skipif(not any(map(shutil.which, NAMES)), reason="Chromium is not on this machine")


@pytest.fixture
def slow_page() -> Iterator[tuple[str, threading.Event]]:
    """A page whose script comes once the event is set, and writes the title."""
    may_come = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_script = self.path == "/slow.js"
            if is_script:
                may_come.wait()
            text = "document.title = 'written'" if is_script else "<script src=slow.js defer></script><body>ready"
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", may_come
        may_come.set()
        server.shutdown()


@needs_chromium
def test_page_is_looked_at_once_its_scripts_have_run(
    slow_page: tuple[str, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, may_come = slow_page
    with started_browser(320, 200) as browser:
        monkeypatch.setattr("docs_pages.browser.time.sleep", lambda _: may_come.set())
        browser.open(address, until="ready")
        title = browser.call("Runtime.evaluate", expression="document.title")["result"]["value"]
    assert title == "written"


@needs_chromium
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
