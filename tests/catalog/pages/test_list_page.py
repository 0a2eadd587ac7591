"""The list of tables as HTML."""

import re
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from summary_tables.catalog.column_sources import ColumnSources, SourceColumn, TableColumnSources
from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.entry import Catalog, Declaration, Neighbours
from summary_tables.catalog.lineage import lineage_graph, table_lineage
from summary_tables.catalog.listing.listing import listing
from summary_tables.catalog.listing.view import View
from summary_tables.catalog.pages.list_page import list_page
from summary_tables.catalog.pages.project_page import Around, project_page
from summary_tables.lint.facts.project_models import ModelColumn, ProjectModel
from summary_tables.model.dag_facts import DagRunFacts
from summary_tables.model.usage import Deprecation
from tests.catalog.made_entries import entry
from tests.catalog.pages.made_catalog import HOSTILE, NEVER_BUILT, MadeLinks, catalog, without_answers
from tests.catalog.pages.well_formed import mistakes, text_of
from tests.golden_files import assert_golden

LINKS = MadeLinks()


def page(found: Catalog, view: View | None = None) -> str:
    return list_page(found, listing(found.entries.values(), view or View()), LINKS)


def test_one_table_in_each_state() -> None:
    html = page(catalog())
    assert mistakes(html) == []
    assert_golden("catalog/list.html", html)


def test_filtered_list_says_of_how_many_and_how_to_see_all() -> None:
    html = page(catalog(), View(search="nps", owner=("growth",)))
    assert mistakes(html) == []
    assert_golden("catalog/list_filtered.html", html)


ORDERS = ProjectModel(
    full_name="shop.orders",
    project="shop",
    reads=("raw_data.orders",),
    name="orders",
    kind="incremental",
    description="One <i>order</i> a row, in `won`.",
    owner="sales",
    columns=(ModelColumn(name="amount", type="numeric", description="What was paid."), ModelColumn(name="order_id")),
    has_all_columns=True,
)


def test_models_are_found_by_name_column_and_description() -> None:
    shop = ProjectEntry(name="shop", file="dag_configs/shop.yaml", owner="growth", models=(ORDERS,))
    shown = replace(catalog(), projects=(shop, replace(shop, name="store", models=())))
    for search, found in {
        "orders": ["shop.orders"],
        "amount": ["shop.orders"],
        "paid order": ["shop.orders"],
        "shop": ["shop", "shop.orders"],
        "store": ["store"],
        "nothing_of_this": [],
    }.items():
        html = page(shown, View(search=search))
        assert mistakes(html) == []
        part = html.partition("<h2>In dbt projects")[2].partition("</section>")[0]
        assert re.findall(r'<a href="[^"]*">([^<]*)</a>', part) == found, search
    html = page(shown, View(search="amount"))
    part = html[html.index("<h2>In dbt projects") :]
    assert part[: part.index("</section>")].splitlines()[2].strip() == (
        '<li><a href="/c/projects/shop#shop.orders">shop.orders</a>: One &lt;i&gt;order&lt;/i&gt; a row, in `won`. '
        '<span class="small">incremental of the dbt project shop; amount</span></li>'
    )


def project(state: str, other: ProjectModel) -> ProjectEntry:
    """One that builds orders and `other`, and how its last run ended."""
    return ProjectEntry(
        name="shop",
        file="dag_configs/shop.yaml",
        owner="growth",
        description="Orders <b>and</b> `revenue`.",
        runs="every day at 03:00 UTC",
        models=(ORDERS, other),
        last_run=DagRunFacts(run_id="1", state=state, run_after=catalog().read_at),
    )


def test_page_of_a_project() -> None:
    shop = project(
        "success", ProjectModel(full_name="shop.totals", project="shop", reads=("shop.orders",), kind="view")
    )
    read = Declaration(file="nps.yaml", config=None, neighbours=Neighbours(reads=("shop.totals",)))
    graph = lineage_graph({"analytics.nps_summary": read}, shop.models)
    lineage = partial(table_lineage, graph, visible=frozenset({"analytics.nps_summary"}))
    made_of = ColumnSources(column="amount", sources=(SourceColumn(table="shop.orders", column="cents"),))
    around = Around(lineage, lambda _: TableColumnSources(columns=(made_of,)))
    html = project_page(shop, MadeLinks(), around, catalog().read_at)
    assert mistakes(html) == []
    assert_golden("catalog/project.html", html[html.index("<header") : html.index("</main>")])
    empty = project_page(replace(shop, models=()), MadeLinks(), around, catalog().read_at)
    assert mistakes(empty) == []
    assert "What it builds is not known here" in empty


def test_dbt_projects_stand_below_the_tables() -> None:
    shop = project("failed", replace(ORDERS, full_name="shop.totals", name="totals"))
    html = page(replace(catalog(), projects=(shop, replace(shop, name="other", last_run=None, models=()))))
    assert mistakes(html) == []
    assert_golden("catalog/list_projects.html", html[html.index('<section class="projects">') :])


def test_what_needs_somebody_stands_on_top() -> None:
    names = re.findall(r'<th scope="row" class="n"><a href="/c/([^"]*)">', page(catalog()))
    assert names == [
        "analytics.mau_summary",
        "analytics.channel_summary",
        "finance.revenue",
        "growth.weekly_signups",
        "growth.churn",
        "analytics.old_report",
        "ops.tickets",
        "analytics.nps_summary",
    ]


def test_summary_counts_tables_and_states() -> None:
    assert "8 tables, 1 fresh, 1 failing, 1 late" in text_of(page(catalog()))


def test_without_tables_the_page_says_what_to_do() -> None:
    empty = Catalog(entries={}, read_at=catalog().read_at)
    words = text_of(page(empty))
    assert "0 tables" in words
    assert "No tables yet A summary table is one YAML file in dag_configs/" in words
    assert "Search" not in words


def test_without_a_match_the_page_says_what_to_do() -> None:
    words = text_of(page(catalog(), View(search="no such words")))
    assert "0 tables of 8 for “no such words”. Show all No table fits Search for fewer letters" in words


def test_warehouse_that_is_away_is_said_and_no_state_is_made_up() -> None:
    away = without_answers(catalog(warehouse_problem="It does not answer within 3 seconds."))
    html = page(away)
    words = text_of(html)
    assert "The warehouse could not be asked, so this is what the files say" in words
    assert "It does not answer within 3 seconds." in words
    assert "fresh" not in words.lower()
    # That a file is broken is known without a warehouse.
    assert words.count("Not known") == len(away.entries) - 1
    assert words.count("Broken file") == 1


def test_nobody_asked_the_warehouse() -> None:
    words = text_of(page(without_answers(catalog(NEVER_BUILT))))
    assert "Nobody asked the warehouse, so whether the tables are fresh is not known here." in words


def test_remarks_about_the_address_are_shown() -> None:
    found = catalog()
    html = list_page(found, listing(found.entries.values(), View()), LINKS, ["There is no state <b>."])
    assert "There is no state <b>." in text_of(html)


def test_html_in_any_text_is_text() -> None:
    html = page(catalog(HOSTILE), View(search="</style><script>alert(1)"))
    assert mistakes(html) == []
    html = page(catalog(HOSTILE))
    assert mistakes(html) == []
    assert '</style><script>alert("description")</script>' in text_of(html)


def test_deprecated_table_is_marked() -> None:
    deprecated = entry("analytics.old", deprecated=Deprecation(after=date(2026, 12, 31)))
    assert "analytics.old deprecated" in text_of(page(catalog(deprecated)))


@pytest.mark.parametrize("number", [0, 1, 60])
def test_pages_are_linked(number: int) -> None:
    found = catalog(*(entry(f"analytics.t{each:03}") for each in range(number)), NEVER_BUILT)
    html = page(found)
    assert ("Page 1 of 2" in text_of(html)) == (number > 50)
    assert ('href="/c?page=2" rel="next"' in html) == (number > 50)
