"""The tests of a query -> unit tests of dbt."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summary_tables.commands.export_dbt.dbt_text import as_it_is
from summary_tables.commands.export_dbt.file_names import free_name, slug
from summary_tables.commands.export_dbt.query import ExportedQuery
from summary_tables.commands.export_dbt.references import DbtSql, References
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.query_tests import QueryTest, query_tests
from summary_tables.runs.scheduled_dates import run_of_day


def unit_tests(
    file: TableFile, query: ExportedQuery, references: References, unread: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """As a list `unit_tests` has them. Every table that the query reads is given: one that is not would be read.

    So are the models `unread`, which the query only names as those that it waits for.
    """
    taken: set[str] = set()
    for test in query_tests(file):
        found: dict[str, Any] = {
            "name": free_name(slug(test.name, _LONGEST) or "test", taken),
            "description": as_it_is(test.name),
            "model": file.config.table.table,
        }
        if query.head:
            found["overrides"] = _overrides(file, test)
        found["given"] = list(_given(file, test, query.sql, references))
        found["given"] += [{"input": f"ref('{model}')", "rows": []} for model in unread]
        found["expect"] = {"rows": [dict(row) for row in test.expect]}
        yield found


def _given(file: TableFile, test: QueryTest, sql: DbtSql, references: References) -> Iterator[dict[str, Any]]:
    own = file.config.table.full_name
    read = {f"{schema}.{name}" for schema, name in sql.sources}
    read |= {full_name for full_name, model in references.models.items() if model in sql.models}
    for name in sorted(read):
        yield {"input": references.expression(name), "rows": _rows(test.given, name)}
    if sql.reads_itself:
        yield {"input": "this", "rows": _rows(test.given, own)}


def _rows(given: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [dict(row) for row in given.get(name, ())]


def _overrides(file: TableFile, test: QueryTest) -> dict[str, Any]:
    """The dates of the run. That of a table that grows adds to it, and does not build it anew."""
    dates = run_of_day(file.config.table, test.day)
    start, end = dates.start or dates.due, dates.end or dates.due
    found: dict[str, Any] = {"vars": {"data_interval_start": start.isoformat(), "data_interval_end": end.isoformat()}}
    if file.config.table.refresh.is_incremental:
        found["macros"] = {"is_incremental": True}
    return found


# dbt makes a temporary table of that name, and PostgreSQL has room for 63 bytes.
_LONGEST = 50
