import pytest

from summary_tables.catalog.listing.search import Match, Rank, found_columns, rank, search_words
from tests.catalog.made_entries import build, entry, orphan

NPS = entry(
    "analytics.nps_summary",
    description="Net Promoter Score je Straße.",
    columns=(("date", "The day, UTC."), ("매출", "한국어 설명"), ("Umsätze", "")),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ()),
        ("nps_summary", (Match.NAME,)),
        ("ANALYTICS.NPS_SUMMARY", (Match.NAME,)),
        ("nps", (Match.START_OF_NAME,)),
        ("analytics.n", (Match.START_OF_NAME,)),
        ("summary", (Match.WITHIN_NAME,)),
        ("date", (Match.COLUMN,)),
        ("promoter", (Match.DESCRIPTION,)),
        ("utc", (Match.DESCRIPTION,)),
        ("STRASSE", (Match.DESCRIPTION,)),
        ("umsatze", (Match.COLUMN,)),
        ("UMSA\u0308TZE", (Match.COLUMN,)),
        ("\uff2e\uff30\uff33", (Match.START_OF_NAME,)),
        ("매출", (Match.COLUMN,)),
        ("매추", (Match.COLUMN,)),
        ("ㅁ", (Match.COLUMN,)),
        ("한국", (Match.DESCRIPTION,)),
        ("score nps  date", (Match.DESCRIPTION, Match.COLUMN, Match.START_OF_NAME)),
        ("nps nowhere", None),
        ("promoter score", (Match.DESCRIPTION, Match.DESCRIPTION)),
        ("매물", None),
    ],
)
def test_where_words_are_found(typed: str, found: Rank | None) -> None:
    assert rank(NPS, search_words(typed)) == found


def test_columns_of_an_orphan_are_those_of_its_live_build() -> None:
    table = orphan("analytics.old", build("old", columns=("date", "nps")))
    assert rank(table, search_words("nps")) == (Match.COLUMN,)


def test_words_are_not_found_across_two_columns() -> None:
    assert rank(NPS, ("date매출",)) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("utc", [("date", "The day, UTC.")]),
        ("매추", [("매출", "한국어 설명")]),
        ("nps date", [("date", "The day, UTC.")]),
        ("nps", []),
        ("promoter", []),
    ],
)
def test_columns_that_were_found_are_told(typed: str, found: list[tuple[str, str]]) -> None:
    assert list(found_columns(NPS, search_words(typed))) == found
