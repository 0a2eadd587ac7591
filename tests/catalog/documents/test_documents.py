"""What the API answers, whole: a field that is called otherwise breaks whoever reads it."""

import dataclasses
import importlib
import json
import pkgutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from summary_tables.catalog import documents
from summary_tables.catalog.column_sources import ColumnSources, SourceColumn, TableColumnSources
from summary_tables.catalog.documents.builds import build_list
from summary_tables.catalog.documents.checks import check_list
from summary_tables.catalog.documents.freshness import freshness
from summary_tables.catalog.documents.lineage import lineage_document
from summary_tables.catalog.documents.table import table_document
from summary_tables.catalog.documents.table_list import table_list
from summary_tables.catalog.entry import Declaration, Entry, Neighbours, TableState
from summary_tables.catalog.lineage import lineage_graph, table_lineage
from summary_tables.catalog.listing.address import from_query
from summary_tables.catalog.listing.listing import listing
from summary_tables.checks.kinds.row_count import RowCount
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.problem import Place, Problem
from summary_tables.model.table import DeclaredColumn, Schedule
from summary_tables.model.table_history import FailingCheck, LoggedCheck, TableHistory
from tests.catalog.made_entries import NOW, build, declaration, entry, orphan
from tests.golden_files import assert_golden

LIVE = build("nps_summary", timedelta(days=1), columns=("date", "매출"), size_bytes=8192)
FAILED = dataclasses.replace(build("nps_summary", rows=7), published_at=None)
CHECK = LoggedCheck(
    step="output_check",
    position=1,
    name="at least 12 rows",
    key="row_count",
    severity="error",
    passed=False,
    expected="at least 12 rows",
    actual="7 rows",
    error="",
    run_id=FAILED.run_id,
    run_at=FAILED.run_at,
    checked_at=FAILED.run_at + timedelta(seconds=2),
    seconds=0.25,
)
PASSED = dataclasses.replace(CHECK, passed=True, actual="92 rows", run_id=LIVE.run_id, run_at=LIVE.run_at)
NPS = Entry(
    full_name="analytics.nps_summary",
    state=TableState(state="failing", sentence="Failing since Friday: <b>.", since=FAILED.run_at),
    declaration=declaration(
        "analytics.nps_summary",
        Neighbours(reads=("raw.answers",), read_by=("analytics.board",)),
        description="NPS per day.\n",
        owner="growth",
        tags=("kpi",),
        schedule=Schedule(cron="0 3 * * *"),
        columns=(
            DeclaredColumn(name="date", type="date", description="The day."),
            DeclaredColumn(name="매출", pii=True),
        ),
        output_check=(RowCount(min=12),),
    ),
    dag=DagFacts(next_run_at=NOW + timedelta(hours=18)),
    history=TableHistory(
        live=LIVE,
        newest=LIVE,
        builds=(FAILED, LIVE),
        checks=(CHECK, PASSED),
        failing=(FailingCheck(check=CHECK, since=CHECK.run_at),),
    ),
)
BROKEN = Entry(
    full_name="broken",
    state=TableState(state="broken_file", sentence="The file cannot be read."),
    declaration=Declaration(
        file="dag_configs/broken.yaml",
        config=None,
        problems=(
            Problem(
                path=Path("broken.yaml"),
                file="dag_configs/broken.yaml",
                place=Place(3, 1),
                message="there is no key `ownr`",
                fix="write `owner`",
                rule="unknown-key",
            ),
        ),
    ),
)
ENTRIES = (NPS, BROKEN, orphan("analytics.old", build("old", timedelta(days=40))), entry("analytics.board"))


def assert_document(name: str, document: Any) -> None:
    text = json.dumps(dataclasses.asdict(document), indent=2, ensure_ascii=False, default=_moment)
    assert_golden(f"catalog/documents/{name}.json", f"{text}\n")


def _moment(value: object) -> str:
    assert isinstance(value, datetime)
    assert value.tzinfo is UTC
    return value.isoformat().replace("+00:00", "Z")


def test_list() -> None:
    read = from_query("state=failing&state=broken_file&state=orphaned&sort=size")
    assert_document("list", table_list(listing(ENTRIES, read.view, page_size=2), NOW, read.remarks))


@pytest.mark.parametrize("each", ENTRIES, ids=lambda each: each.table)
def test_table(each: Entry) -> None:
    assert_document(f"table_{each.table}", table_document(each))


def test_checks_and_builds() -> None:
    assert_document("checks", check_list(NPS))
    assert_document("builds", build_list(NPS))


def test_checks_that_only_the_log_knows() -> None:
    found = check_list(dataclasses.replace(NPS, declaration=None)).checks
    assert found == check_list(NPS).checks


def test_unknown_is_not_the_same_as_none() -> None:
    unasked = dataclasses.replace(NPS, history=None, declaration=None)
    assert (check_list(unasked).checks, build_list(unasked).builds) == (None, None)
    empty = dataclasses.replace(NPS, history=TableHistory(), declaration=None)
    assert (check_list(empty).checks, build_list(empty).builds) == ((), ())


def test_freshness() -> None:
    assert_document("freshness", freshness(NPS, NOW))
    assert_document("freshness_unknown", freshness(BROKEN, NOW))


def test_lineage() -> None:
    reads = {"a.nps": ("raw.answers",), "a.board": ("a.nps",), "a.week": ("a.nps",)}
    declared = {name: declaration(name, Neighbours(reads=read)) for name, read in reads.items()}
    tables = table_lineage(lineage_graph(declared), "a.nps", declared, most=1)
    columns = TableColumnSources(
        columns=(
            ColumnSources(
                column="nps",
                sources=(SourceColumn(table="raw.answers", column="score", is_certain=False),),
                unknown=("`own.rate` may read tables itself",),
            ),
        ),
        rows=(SourceColumn(table="raw.answers", column="is_real"),),
        unknown="the query passes on columns that nobody knows (`SELECT *`)",
    )
    assert_document("lineage", lineage_document(tables, columns))


def records() -> list[type[Any]]:
    modules = (
        importlib.import_module(f"{documents.__name__}.{found.name}")
        for found in pkgutil.iter_modules(documents.__path__)
    )
    every = {value: None for module in modules for value in vars(module).values() if isinstance(value, type)}
    return [record for record in every if record.__module__.startswith(f"{documents.__name__}.")]


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_each_field_is_described_where_fastapi_shows_it(record: type[Any]) -> None:
    pydantic = pytest.importorskip("pydantic", reason="FastAPI comes with Airflow")
    described = pydantic.TypeAdapter(record).json_schema()
    assert described["description"] == record.__doc__
    assert [name for name, field in described["properties"].items() if not field.get("description")] == []
    assert set(described["properties"]) == {field.name for field in dataclasses.fields(record)}
