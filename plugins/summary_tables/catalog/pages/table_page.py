"""The page of one table: its state in a sentence, and all that is known of it."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from summary_tables.catalog.dated_query import dated_query
from summary_tables.catalog.entry import Entry
from summary_tables.catalog.pages.build_charts import build_charts
from summary_tables.catalog.pages.charts.lineage_chart import lineage_chart
from summary_tables.catalog.pages.charts.strip import outcomes_of_runs, strip
from summary_tables.catalog.pages.check_rows import check_rows
from summary_tables.catalog.pages.column_rows import column_rows
from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.list_row import seconds_of
from summary_tables.catalog.pages.rendering import rendered
from summary_tables.catalog.pages.run_rows import run_rows
from summary_tables.catalog.pages.sql_text import query_pieces
from summary_tables.catalog.pages.state_mark import is_known, state_words
from summary_tables.catalog.pages.table_details import NO_DETAILS, TableDetails
from summary_tables.catalog.pages.version_rows import version_rows
from summary_tables.configs.schedule.schedule_in_words import built_in_words
from summary_tables.model.problem import Problem
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from summary_tables.sheets.spreadsheet import spreadsheet_address
from summary_tables.text.moments import UTC_NAME
from summary_tables.warehouse.increments.strategies import refresh_in_words

_ADDRESS: Final = re.compile(r"https?://[\w.-]+(?:[:/?#]|$)|mailto:[^\s@]+@")


def table_page(
    entry: Entry,
    links: Links,
    details: TableDetails = NO_DETAILS,
    *,
    read_at: datetime,
    warehouse_problem: str = "",
) -> str:
    """HTML, whole. `read_at`: when all of it was looked up (UTC); `warehouse_problem`: why the warehouse was not."""
    columns, checks, problems = column_rows(entry, details.column_sources), check_rows(entry), _problems(entry)
    is_failing = any(check.outcome in ("failed", "warned") for check in checks)
    return rendered(
        "table.html",
        now=read_at,
        entry=entry,
        table=entry.declared,
        links=links,
        details=details,
        warehouse_problem=warehouse_problem,
        columns=columns,
        checks=checks,
        problems=problems,
        counts={"problems": len(problems), "columns": len(columns), "checks": len(checks)},
        sections=tuple(_sections(entry, details, failing=is_failing)),
        model_projects=_model_projects(details),
        lineage_chart=lineage_chart(details.lineage) if details.lineage else None,
        versions=version_rows(entry),
        runs=run_rows(entry, links),
        **_of_state(entry),
        **_of_builds(entry),
        **(_of_file(entry, entry.declared) if entry.declared else {}),
    )


def _of_file(entry: Entry, table: SummaryTable) -> Mapping[str, object]:
    config, dated = entry.declaration.config if entry.declaration else None, dated_query(entry)
    settings = config.settings if config else Settings()
    return {
        "owner": settings.owner(table.owner),
        "owner_link": _link(settings.owner_link(table.owner)),
        "schedule": built_in_words(table),
        "refresh": refresh_in_words(table.refresh) if table.refresh.is_incremental else "",
        "spreadsheet_address": spreadsheet_address,
        "written": query_pieces(entry, table.main_sql),
        "dated": query_pieces(entry, dated.sql) if dated else [],
        "dated_due": dated.due if dated else None,
    }


def _of_state(entry: Entry) -> Mapping[str, object]:
    build = entry.last_build
    return {
        "is_known": is_known(entry),
        "state": state_words(entry),
        "has_zones": entry.zone != UTC_NAME,
        "build": build,
        "seconds": seconds_of(build),
    }


def _of_builds(entry: Entry) -> Mapping[str, object]:
    history = entry.history
    rows_chart, seconds_chart = build_charts(entry)
    return {
        "strip": strip(outcomes_of_runs(entry.zone, history.runs)) if history else None,
        "rows_chart": rows_chart,
        "unpublished": any(not point.is_published for point in history.points) if history else False,
        "seconds_chart": seconds_chart,
    }


def _link(address: str) -> str:
    """Settings that nobody has checked may hold anything."""
    return address if _ADDRESS.match(address) else ""


def _sections(entry: Entry, details: TableDetails, *, failing: bool) -> Iterator[tuple[str, str]]:
    """The parts of the page that have something to say: the name of the template and of the anchor, and the title.

    What needs somebody comes first: `failing` checks do.
    """
    problems, is_broken = _problems(entry), bool(entry.declaration and entry.declaration.is_broken)
    if problems and is_broken:
        yield "problems", "What is wrong with the file"
    parts = (("columns", "Columns"), ("checks", "Checks"))
    yield from reversed(parts) if failing else parts
    yield "builds", "Builds"
    yield "lineage", "Lineage"
    yield "versions", "Versions"
    if entry.declared:
        yield "sql", "Where its rows come from" if entry.declared.cells else "SQL"
    yield "runs", "Runs"
    if details.rows:
        yield "rows", "First rows"
    if problems and not is_broken:
        yield "problems", "What lint says"


def _problems(entry: Entry) -> tuple[Problem, ...]:
    """What keeps the table from being built, or is likely to be wrong; what is only worth a look is for its author."""
    found = entry.declaration.problems if entry.declaration else ()
    return tuple(problem for problem in found if problem.level != "info")


def _model_projects(details: TableDetails) -> Mapping[str, str]:
    """The dbt project of each model that the table is made of, by the model's full name."""
    nodes = details.lineage.upstream.nodes if details.lineage else ()
    return {node.full_name: node.project for node in nodes if node.project}
