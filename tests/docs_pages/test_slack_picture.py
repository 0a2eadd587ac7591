"""The picture of Slack's message says what is sent, and can be read by day and by night."""

import json
from xml.etree import ElementTree

from docs_pages import DOCS
from docs_pages.slack_picture import picture
from tests.conftest import REPOSITORY

MESSAGE = json.loads((REPOSITORY / "tests/golden/slack/output_check.json").read_text("utf-8"))


def shown_lines() -> list[str]:
    texts = ElementTree.fromstring(picture()).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(text.itertext()).strip() for text in texts]


def test_it_says_what_is_sent() -> None:
    assert shown_lines() == [
        MESSAGE["blocks"][0]["text"]["text"],
        "@Mina Expected at least 12, got 7. The live table was not changed: it holds the build of",
        "2026-11-21 03:00 UTC.",
        "Check at least 12 rows (no. 2 of output_check)",
        "Owner growth",
        "Run 2026-11-22 03:00 UTC, try 2 of 2",
        "SELECT COUNT(1)",
        "FROM summary_tables.nps_summary__20261122",
        "WHERE nps < 100 AND nps > -100",
        "Open the log  |  Open the line in the file",
        MESSAGE["blocks"][-1]["elements"][0]["text"],
    ]


def test_it_has_colours_for_dark_pages() -> None:
    assert "prefers-color-scheme: dark" in picture()


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "images").iterdir()}
    assert sizes.keys() == {
        "airflow_dark.png",
        "airflow_light.png",
        "catalog_dark.png",
        "catalog_failing.png",
        "catalog_light.png",
        "catalog_table.png",
        "comment.png",
        "slack.svg",
    }
    assert max(sizes.values()) < 200_000
