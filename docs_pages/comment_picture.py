"""`python -m docs_pages.comment_picture COMMENT.md PICTURE.png`: a comment of `summary-tables diff` as people see it.

Markdown as GitHub reads it, in colours and sizes near to GitHub's; with `--open` all that is folded away is shown. What
Mermaid draws stays text. Needs Chromium, as `docs_pages.pictures` does.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt

from docs_pages.browser import Browser, BrowserError, started_browser

_WIDTH, _HEIGHT = 900, 1400
_STYLE = """
body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328;
  margin: 16px; max-width: 860px }
h2 { font-size: 1.5em; border-bottom: 1px solid #d1d9e0b3; padding-bottom: .3em; margin: 24px 0 16px }
h3 { font-size: 1.25em; margin: 24px 0 16px }
ul, ol { padding-left: 2em } li + li { margin-top: .25em } p, ul, details { margin: 0 0 16px }
code { font: 12px ui-monospace, "Liberation Mono", Menlo, monospace; background: #818b981f; padding: .2em .4em;
  border-radius: 6px }
pre { background: #f6f8fa; padding: 16px; border-radius: 6px; overflow: auto } pre code { background: none; padding: 0 }
table { border-collapse: collapse; margin-bottom: 16px } td, th { border: 1px solid #d1d9e0; padding: 6px 13px }
"""


def main(arguments: list[str]) -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m docs_pages.comment_picture")
    parser.add_argument("comment", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--open", action="store_true", help="show what is folded away")
    given = parser.parse_args(arguments)
    comment = given.comment.read_text("utf-8")
    try:
        with started_browser(_WIDTH, _HEIGHT) as browser:
            given.picture.write_bytes(comment_picture(browser, comment, is_open=given.open))
    except BrowserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def comment_picture(browser: Browser, comment: str, *, is_open: bool = False, is_whole: bool = True) -> bytes:
    """The comment, Markdown, as PNG; not `is_whole`: only its beginning. Raises BrowserError."""
    shown = page(comment, is_open=is_open)
    browser.resize(_WIDTH, _HEIGHT)
    with tempfile.TemporaryDirectory(prefix="summary-tables-comment-") as home:
        path = Path(home) / "comment.html"
        path.write_text(shown, "utf-8")
        browser.open(path.as_uri(), "Summary tables" if "Summary tables" in shown else "")
        return browser.whole_picture() if is_whole else browser.picture()


def page(comment: str, *, is_open: bool) -> str:
    """The whole page as HTML."""
    body = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(comment)
    folded = body.replace("<details>", "<details open>") if is_open else body
    return f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style>{folded}'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
