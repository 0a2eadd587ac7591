"""Chromium without a window, driven by its DevTools protocol. Chromium is the machine's: `apt-get install chromium`."""

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

__all__ = ["NAMES", "Browser", "BrowserError", "started_browser"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""By any of these it is called."""
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
# Only ends what would never end: a busy machine is no failure.
_WAIT_SECONDS = 300
# What stands on the page, once its scripts have run.
_SHOWN = "document.readyState === 'complete' ? document.body?.innerText ?? '' : ''"
_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class BrowserError(Exception):
    """What was asked of the browser could not be done."""


class Browser:
    """One page of it."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._calls = 0

    def call(self, method: str, **parameters: Any) -> Any:
        """The result of a method of the protocol. Raises BrowserError where it is refused."""
        self._calls += 1
        self._connection.send(json.dumps({"id": self._calls, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._connection.recv(_WAIT_SECONDS))
            if answer.get("id") == self._calls:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def open(self, address: str, until: str) -> None:
        """Goes to a page and waits until the words `until` stand on it, and its scripts have run.

        Raises BrowserError where they never do.
        """
        self.call("Page.navigate", url=address)
        deadline = time.monotonic() + _WAIT_SECONDS
        while until not in self.call("Runtime.evaluate", expression=_SHOWN)["result"]["value"]:
            if time.monotonic() > deadline:
                raise BrowserError(f"{address} does not show {until!r}")
            time.sleep(0.2)
        # What is drawn moves into its place.
        time.sleep(2)

    def resize(self, width: int, height: int) -> None:
        """The window, in pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def prefer(self, scheme: str) -> None:
        """`light` or `dark`: what the person has chosen for all pages."""
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self) -> bytes:
        """What is to be seen now, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def whole_picture(self) -> bytes:
        """The whole page, however long, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"])


@contextmanager
def started_browser(width: int, height: int) -> Iterator[Browser]:
    """Ends with the block. Raises BrowserError where the machine has no Chromium."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise BrowserError("Chromium is not on this machine: apt-get install chromium")
    with tempfile.TemporaryDirectory(prefix="summary-tables-browser-", ignore_cleanup_errors=True) as home:
        process = subprocess.Popen(
            [program, *_OPTIONS, f"--user-data-dir={home}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = _address(Path(home) / "DevToolsActivePort")
            # A browser that is busy answers no ping either.
            limits: dict[str, Any] = {"max_size": None, "open_timeout": _WAIT_SECONDS, "ping_interval": None}
            with connect(address, proxy=None, **limits) as connection:
                browser = Browser(connection)
                browser.call("Page.enable")
                browser.resize(width, height)
                yield browser
        finally:
            process.terminate()
            process.wait()


def _address(port_file: Path) -> str:
    """Of the page that is open."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while not (pages := _pages(port_file)):
        if time.monotonic() > deadline:
            raise BrowserError("Chromium does not start")
        time.sleep(0.1)
    return pages[0]


def _pages(port_file: Path) -> list[str]:
    """The addresses of all pages; none before the first one is there, which comes after the port."""
    port, line_is_whole, _ = (port_file.read_text() if port_file.exists() else "").partition("\n")
    if not line_is_whole:
        return []
    with _NO_PROXY.open(f"http://127.0.0.1:{port}/json/list", timeout=_WAIT_SECONDS) as answer:
        return [str(page["webSocketDebuggerUrl"]) for page in json.load(answer) if page["type"] == "page"]
