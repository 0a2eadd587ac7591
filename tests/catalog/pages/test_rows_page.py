"""The page of a table's first rows as HTML."""

import pytest

from summary_tables.catalog.pages.rows_page import rows_page
from summary_tables.warehouse.first_rows import CHARACTERS, FirstRows
from tests.catalog.pages.made_catalog import NPS, MadeLinks
from tests.catalog.pages.well_formed import mistakes, text_of
from tests.golden_files import assert_golden

ROWS = FirstRows(
    columns=("date", "<b>channel</b>"),
    rows=(
        ("2026-11-26", "<script>alert('x')</script>"),
        ("2026-11-27", None),
        ("한국 🙂", "one\n\ttwo\u202e"),
        ("", "x" * (CHARACTERS + 1)),
    ),
    personal=("email",),
    undeclared=("<i>",),
)


def page(rows: FirstRows | None, words: str = "") -> str:
    html = rows_page(NPS.full_name, MadeLinks(), rows, words=words)
    assert mistakes(html) == []
    return html


def test_page() -> None:
    assert_golden("catalog/rows.html", page(ROWS))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (FirstRows(columns=("n",), rows=()), "The table is empty."),
        (
            FirstRows(columns=(), rows=(), personal=("mail", "phone")),
            "Without mail, phone: personal data is never shown. No column is left that may be shown.",
        ),
    ],
)
def test_nothing_to_show(rows: FirstRows, words: str) -> None:
    assert words in " ".join(text_of(page(rows)).split())


def test_words_instead() -> None:
    assert "defaults.yaml says samples: false" in text_of(page(None, "`defaults.yaml` says `samples: false`"))
