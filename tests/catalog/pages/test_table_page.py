"""The page of one table as HTML."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from summary_tables.catalog.column_sources import ColumnSources, SourceColumn, TableColumnSources
from summary_tables.catalog.entry import Entry
from summary_tables.catalog.lineage import LineageNode, LineageSide, TableLineage
from summary_tables.catalog.pages.table_details import NO_DETAILS, RollBackForm, TableDetails
from summary_tables.catalog.pages.table_page import table_page
from summary_tables.model.alerts import Owner
from summary_tables.model.row_source import CsvFile, Export, GoogleSheet, SheetExport
from summary_tables.model.settings import Settings
from summary_tables.model.table import DeclaredColumn
from summary_tables.model.table_history import TableHistory
from summary_tables.model.usage import Deprecation, Use
from tests.catalog.made_entries import NOW
from tests.catalog.pages.made_catalog import (
    BROKEN_FILE,
    ENTRIES,
    FAILING,
    HOSTILE,
    NEVER_BUILT,
    NPS,
    ORPHANED,
    WARNING,
    MadeLinks,
    made,
)
from tests.catalog.pages.well_formed import addresses, mistakes, text_of
from tests.golden_files import assert_golden

LINKS = MadeLinks()


def page(entry: Entry, details: TableDetails = NO_DETAILS, problem: str = "") -> str:
    return table_page(entry, LINKS, details, read_at=NOW, warehouse_problem=problem)


def node(name: str, level: int, *, is_source: bool = False) -> LineageNode:
    return LineageNode(full_name=name, level=level, is_source=is_source)


def lineage(readers: int = 2, shown: int = 2) -> TableLineage:
    down = [node(f"analytics.report_{number:03}", 1) for number in range(shown)]
    return TableLineage(
        full_name=NPS.full_name,
        upstream=LineageSide(
            direction="upstream",
            nodes=(node("analytics.answers_of_one_day_with_a_long_name", 1), node("raw_data.nps", 2, is_source=True)),
            total=2,
        ),
        downstream=LineageSide(direction="downstream", nodes=tuple(down), total=readers),
        links=(
            ("analytics.answers_of_one_day_with_a_long_name", NPS.full_name),
            ("raw_data.nps", "analytics.answers_of_one_day_with_a_long_name"),
            *((NPS.full_name, each.full_name) for each in down),
        ),
    )


SOURCES = TableColumnSources(
    columns=(
        ColumnSources(column="date", sources=(SourceColumn(table="raw_data.nps", column="created_at"),)),
        ColumnSources(
            column="nps",
            sources=(SourceColumn(table="analytics.answers", column="*", is_certain=False),),
            unknown=("the function score() may read tables itself",),
        ),
    ),
    rows=(SourceColumn(table="raw_data.nps", column="channel"),),
    unknown="the query passes on columns that nobody knows (`SELECT *`)",
)
ALL_DETAILS = TableDetails(
    lineage=lineage(),
    column_sources=SOURCES,
    rows="/c/analytics.nps_summary/rows",
    roll_back=RollBackForm(action="/c/analytics.nps_summary/rollback", fields={"token": "secret"}),
    notice="Readers now see the build of 2026-11-26 03:00 UTC.",
)


@pytest.mark.parametrize(
    ("name", "entry", "details"),
    [
        ("fresh", NPS, ALL_DETAILS),
        ("failing", FAILING, NO_DETAILS),
        ("broken_file", BROKEN_FILE, NO_DETAILS),
        ("never_built", NEVER_BUILT, NO_DETAILS),
        ("orphaned", ORPHANED, NO_DETAILS),
    ],
)
def test_page(name: str, entry: Entry, details: TableDetails) -> None:
    html = page(entry, details)
    assert mistakes(html) == []
    assert_golden(f"catalog/table_{name}.html", html)


@pytest.mark.parametrize("entry", [*ENTRIES, HOSTILE], ids=lambda entry: entry.state.state)
def test_every_state_is_said_in_its_sentence_and_well_formed(entry: Entry) -> None:
    html = page(entry)
    assert mistakes(html) == []
    assert entry.state.sentence.replace("`", "") in text_of(html)


def test_check_that_fails_comes_first_with_what_was_expected_and_since_when() -> None:
    words = text_of(page(FAILING))
    checks = words.partition("Checks 3 Failed")[2].partition("Columns 2")[0]
    assert checks.startswith(" at least 12 rows expected at least 12, got 7 Of what was built · asked today 03:00")
    assert "does not hold since Wed 25 Nov 03:00, 3 runs" in checks


def test_what_lint_says_of_a_table_that_is_built_stands_at_the_end() -> None:
    assert BROKEN_FILE.declaration is not None
    broken, likely = BROKEN_FILE.declaration.problems
    assert NPS.declaration is not None
    said = replace(NPS.declaration, problems=(likely, replace(broken, level="info", message="worth a look")))
    words = text_of(page(replace(NPS, declaration=said)))
    assert words.index("What lint says 1 warning nobody knows what the table means") > words.index("Runs Due")
    assert "worth a look" not in words


def test_check_that_warns_says_so() -> None:
    words = text_of(page(WARNING))
    assert "Warned rows at most 20% fewer than the previous build expected at least 12, got 31 %" in words
    assert "only warns" in words


def test_html_in_any_text_is_text() -> None:
    html = page(HOSTILE, replace(ALL_DETAILS, notice="<script>alert(1)</script>"))
    assert mistakes(html) == []
    words = text_of(html)
    for text in ("<b>Fresh</b>: built & 'checked' \"today\".", '"><script>alert("owner")</script>', "<i>tag</i>"):
        assert text in words
    assert "'</code></pre><script>alert(3)</script>'" in words
    # What would turn the direction of reading around is shown as what it is.
    assert "<U+202E> turned around" in words


def test_addresses_of_files_are_never_scripts() -> None:
    assert mistakes(page(HOSTILE)) == []
    assert all(each.startswith(("/", "https://example.com/")) for each in addresses(page(HOSTILE, ALL_DETAILS)))


def test_roll_back_says_what_it_would_do_and_asks_only_those_who_may() -> None:
    rows, after = "Readers would see 93 rows, 1 more than now.", "The next run that publishes replaces it"
    effect = f"{rows} {after}; to keep it, pause the DAG."
    allowed, others = page(NPS, ALL_DETAILS), page(NPS)
    assert effect in text_of(allowed)
    assert f"A roll-back to it: {effect}" in text_of(others)
    assert '<input type="hidden" name="version" value="nps_summary__1">' in allowed
    assert '<input type="hidden" name="token" value="secret">' in allowed
    assert '<input type="checkbox" name="confirmed" value="yes" required>' in allowed
    # Readers see that build: there is nothing to roll back to.
    assert 'value="nps_summary__0"' not in allowed
    assert "<form" not in others


def test_columns_say_what_they_are_computed_from_and_where_that_is_not_known() -> None:
    words = text_of(page(NPS, ALL_DETAILS))
    assert "date text The day, such as 2019-05-01. raw_data.nps.created_at no empty value in date" in words
    assert (
        "any column of analytics.answers (perhaps) perhaps more: the function score() may read tables itself" in words
    )
    assert "email personal data text Who answered last. not known" in words
    assert "Which rows there are is decided by raw_data.nps.channel." in words
    assert "not known of all of them: the query passes on columns that nobody knows (`SELECT *`)." in words


def test_many_readers_are_cut_with_a_count() -> None:
    html = page(NPS, TableDetails(lineage=lineage(readers=500, shown=60)))
    words = text_of(html)
    assert "500 readers: the nearest 60 are shown." in words
    assert "and 488 more" in words
    assert mistakes(html) == []
    assert len(html) < 120_000


def test_wide_table_has_all_its_columns() -> None:
    columns = tuple(DeclaredColumn(name=f"열_{number}", type="text", description="설명 🎉") for number in range(40))
    entry = made("analytics.wide", "fresh", "Fresh.", found=None, facts=None, columns=columns)
    words = text_of(page(entry))
    assert "Columns 40" in words
    assert all(f"열_{number} text 설명 🎉" in words for number in range(40))


def test_long_description_is_folded_and_nothing_of_it_is_lost() -> None:
    description = "<b>word</b> " * 8_000
    entry = made("analytics.long", "fresh", "Fresh.", found=TableHistory(), description=description)
    html = page(entry)
    assert mistakes(html) == []
    assert text_of(html).count("<b>word</b>") >= 8_000
    assert '<details class="description"><summary>' in html


def test_warehouse_that_is_away_is_said() -> None:
    entry = replace(NPS, history=None, dag=None)
    words = text_of(page(entry, problem="It does not answer within 3 seconds."))
    assert "Not known Whether it is fresh is not known here" in words
    assert "The warehouse could not be asked, so builds, checks and versions are missing here." in words
    assert "Passed" not in words
    assert "Fresh" not in words


def test_deprecated_table_says_until_when_and_what_to_read() -> None:
    deprecated = Deprecation(after=date(2026, 12, 31), use=NPS.full_name)
    entry = made("analytics.old_nps", "fresh", "Fresh.", found=None, deprecated=deprecated)
    assert "Deprecated: it stays until 31 December 2026. Read analytics.nps_summary in its place." in text_of(
        page(entry)
    )
    assert 'href="/c/analytics.nps_summary"' in page(entry)
    assert "Deprecated: it stays until 31 December 2026." in text_of(
        page(made("analytics.old_nps", "fresh", "Fresh.", found=None, deprecated=replace(deprecated, use="")))
    )


def test_deprecated_table_whose_last_day_is_past_may_be_gone_any_day() -> None:
    def said(last_day: date) -> str:
        going = Deprecation(after=last_day, use=NPS.full_name)
        return text_of(page(made("analytics.old_nps", "fresh", "Fresh.", found=None, deprecated=going)))

    day = NOW.strftime("%-d %B %Y")
    assert f"Deprecated: it stays until {day}. Read analytics.nps_summary in its place." in said(NOW.date())
    past = NOW.date() - timedelta(days=1)
    words = f"it was to stay until {past:%-d %B %Y}, and may be gone any day. Read analytics.nps_summary in its place."
    assert f"Deprecated: {words}" in said(past)


def test_dashboards_that_show_it_are_named_with_their_owners() -> None:
    uses = (
        Use(name="Growth <board>", url="https://bi.example.com/1?a=b&c=d", owner="growth"),
        Use(name="Weekly report", url="https://bi.example.com/2"),
    )
    html = page(made("analytics.shown", "fresh", "Fresh.", found=None, used_by=uses))
    assert mistakes(html) == []
    words = text_of(html)
    assert "Dashboards and reports that show it 2 Growth <board> of growth Weekly report" in words
    assert "https://bi.example.com/1?a=b&c=d" in addresses(html)


def test_query_is_shown_as_written_and_with_the_dates_of_the_last_build() -> None:
    words = text_of(page(NPS))
    assert "WHERE created_at < '{{ data_interval_end | ds }}'" in words
    # The run covers no interval: every date is the moment when it was due.
    dated = words.partition("With the dates of the last build, due today 03:00")[2]
    assert "WHERE created_at < '2026-11-27'" in dated


def test_rows_of_a_sheet_and_of_a_file() -> None:
    """Links lead to the spreadsheet, whether the file names it by its id or by an address."""
    key = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
    sheet = GoogleSheet(spreadsheet=key, range="Plan!A1:C")
    export = Export(
        google_sheet=SheetExport(spreadsheet=f"https://docs.google.com/spreadsheets/d/{key}/edit#gid=1", range="R!B3")
    )
    html = page(made("analytics.plan", "fresh", "Fresh.", found=None, main_sql="", google_sheet=sheet, export=export))
    words = text_of(html)
    assert f"Where its rows come from The cells Plan!A1:C of the Google Sheet {key}." in words
    assert "Rows come fromPlan!A1:C in a Google Sheet Goes toR!B3 in a Google Sheet" in words
    assert html.count(f'<a href="https://docs.google.com/spreadsheets/d/{key}"') == 3
    file = CsvFile(file="plan.csv")
    words = text_of(page(made("analytics.plan", "fresh", "Fresh.", found=None, main_sql="", csv=file)))
    assert "Where its rows come from The CSV file plan.csv." in words
    assert "Rows come fromplan.csv" in words


def test_nothing_of_another_host_is_loaded() -> None:
    html = page(NPS, ALL_DETAILS)
    assert '<script src="/c/catalog.js" defer></script>' in html
    assert html.count("<script") == 1
    assert html.count("<link") == 1
    assert "<img" not in html


@pytest.mark.parametrize(
    ("owner", "links", "said", "led_to"),
    [
        (Owner(name="growth"), {}, "Ownergrowth Builtevery", []),
        (Owner(name="growth", email="g@acme.com"), {}, "Ownergrowth Builtevery", ["mailto:g@acme.com"]),
        (
            Owner(name="growth", slack="SAZ94GDB8", email="g@acme.com"),
            {"growth": "https://acme.slack.com/archives/C1"},
            "Ownergrowthg@acme.comSlack SAZ94GDB8 Builtevery",
            ["https://acme.slack.com/archives/C1", "mailto:g@acme.com"],
        ),
        (Owner(name="growth"), {"growth": "javascript:alert(1)"}, "Ownergrowth Builtevery", []),
    ],
)
def test_owner_is_shown_with_how_they_are_reached(
    owner: Owner, links: dict[str, str], said: str, led_to: list[str]
) -> None:
    assert NPS.declaration
    assert NPS.declaration.config
    config = replace(NPS.declaration.config, settings=Settings(owners=(owner,), owner_links=links))
    html = page(replace(NPS, declaration=replace(NPS.declaration, config=config)))
    assert mistakes(html) == []
    assert said in text_of(html)
    reached = ("mailto:", "https://acme.slack.com", "javascript:")
    assert [address for address in addresses(html) if address.startswith(reached)] == led_to
