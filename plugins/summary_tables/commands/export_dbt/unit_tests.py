"""The tests of a query -> unit tests of dbt."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summary_tables.commands.export_dbt.dbt_text import all_as_it_is, as_it_is
from summary_tables.commands.export_dbt.file_names import is_word, slug, source_name
from summary_tables.commands.export_dbt.query import ExportedQuery
from summary_tables.commands.export_dbt.references import DbtSql, References
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.query_tests import QueryTest, query_tests
from summary_tables.runs.scheduled_dates import run_of_day
from summary_tables.text.free_name import free_name
from summary_tables.text.moments import UTC_NAME


def unit_tests(
    file: TableFile, query: ExportedQuery, references: References, unread: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """As a list `unit_tests` has them. Every table that the query reads is given: one that is not would be read.

    So is what it waits for and does not read: `unread`, as `ref` and `source`.
    """
    taken: set[str] = set()
    for test in () if untested(file, query) else query_tests(file):
        found: dict[str, Any] = {
            "name": free_name(slug(test.name, _LONGEST) or "test", taken),
            "description": as_it_is(test.name),
            "model": file.config.table.table,
        }
        if overrides := _overrides(file, test, has_dates=bool(query.head)):
            found["overrides"] = overrides
        found["given"] = list(_given(file, test, query.sql, references))
        found["given"] += [{"input": expression, "rows": []} for expression in unread]
        found["expect"] = {"rows": all_as_it_is(test.expect)}
        if test.types:
            found["config"] = {"meta": {"summary_tables": {"types": all_as_it_is(test.types)}}}
        yield found


def untested(file: TableFile, query: ExportedQuery) -> str:
    """Why dbt cannot run the tests of the query; empty where it can, and where there are none."""
    if "tests" not in file.data:
        return ""
    for schema, name in sorted(query.sql.sources):
        if not (is_word(source_name(schema)) and is_word(source_name(name))):
            return f"dbt gives no rows of {schema}.{name}, whose name has other letters than a to z"
    if written := query.sql.names_columns_with:
        return f"the query names columns of {written} with the schema, and dbt puts another table in its place"
    return ""


def _given(file: TableFile, test: QueryTest, sql: DbtSql, references: References) -> Iterator[dict[str, Any]]:
    own = file.config.table.full_name
    read = {f"{schema}.{name}" for schema, name in sql.sources}
    read |= {full_name for full_name, model in references.models.items() if model in sql.models}
    for name in sorted(read):
        yield {"input": references.expression(name), "rows": _rows(test.given, name)}
    if sql.reads_itself:
        yield {"input": "this", "rows": _rows(test.given, own)}


def _rows(given: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = all_as_it_is(given.get(name, ()))
    return found


def _overrides(file: TableFile, test: QueryTest, *, has_dates: bool) -> dict[str, Any]:
    """The dates of the run and its zone. That of a table that grows adds to it, and does not build it anew."""
    table, given = file.config.table, dict[str, str]()
    if has_dates:
        dates = run_of_day(table, test.day)
        start, end = dates.start or dates.due, dates.end or dates.due
        given = {"data_interval_start": start.isoformat(), "data_interval_end": end.isoformat()}
    if table.timezone != UTC_NAME:
        given["time_zone"] = table.timezone
    found: dict[str, Any] = {"vars": given} if given else {}
    if has_dates and table.refresh.is_incremental:
        found["macros"] = {"is_incremental": True}
    return found


# dbt makes a temporary table of that name, and PostgreSQL has room for 63 bytes.
_LONGEST = 50
