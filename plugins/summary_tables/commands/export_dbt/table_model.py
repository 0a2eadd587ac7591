"""A file of a summary table -> a model of dbt: its SQL, what is said of it, its tests, and what dbt cannot say."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summary_tables.commands.export_dbt.checks import ExportedChecks, exported_checks
from summary_tables.commands.export_dbt.column_names import in_sql, needs_quotes
from summary_tables.commands.export_dbt.contract import contract_remarks, has_contract
from summary_tables.commands.export_dbt.dbt_text import all_as_it_is, as_it_is, comment
from summary_tables.commands.export_dbt.growth import growth_remarks
from summary_tables.commands.export_dbt.model_config import config_block, keys_without_word
from summary_tables.commands.export_dbt.placed_tests import TableTests
from summary_tables.commands.export_dbt.project_file import ProjectFile
from summary_tables.commands.export_dbt.query import ExportedQuery, exported_query
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.commands.export_dbt.unit_tests import unit_tests, untested
from summary_tables.commands.export_dbt.waiting import Waiting, waiting
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.query_tests import query_tests
from summary_tables.model.source_table import TableKey
from summary_tables.model.table import DeclaredColumn, SummaryTable


@dataclass(frozen=True, slots=True, kw_only=True)
class TableModel:
    """`unit_tests` are items of dbt's list of that name. `sources`: the tables of others that it and its tests read."""

    file: TableFile
    sql: ProjectFile
    unit_tests: tuple[Mapping[str, Any], ...]
    checks: ExportedChecks
    sources: frozenset[TableKey]
    remarks: tuple[Remark, ...]


def table_model(file: TableFile, references: References, earlier: Collection[str]) -> TableModel:
    """The model of a table whose rows are those of a query. `earlier`: the tables of the folder built before it."""
    query, checks = exported_query(file, file.main_query, references), exported_checks(file, references)
    waits = waiting(file, query, checks, references, earlier)
    remarks = (
        *growth_remarks(file, query.dates),
        *query.remarks,
        *contract_remarks(file),
        *_untested(file, query),
        *checks.remarks,
        *waits.remarks(),
        *keys_without_word(file),
    )
    remarks = tuple(dict.fromkeys(remarks))
    return TableModel(
        file=file,
        sql=ProjectFile(path=f"models/{file.config.table.table}.sql", text=_sql(file, query, waits, remarks)),
        unit_tests=tuple(unit_tests(file, query, references, waits.unread)),
        checks=checks,
        sources=query.sql.sources | checks.sources,
        remarks=remarks,
    )


def _untested(file: TableFile, query: ExportedQuery) -> Iterator[Remark]:
    if reason := untested(file, query):
        fix = "give the table an alias in the query" if query.sql.names_columns_with else ""
        yield Remark(path=("tests",), message=f"{reason}: the tests are left out", fix=fix, level="warning")
        return
    for index, test in enumerate(query_tests(file)):
        if test.types:
            message = "dbt takes the types of the rows of a test from the tables in the warehouse (`types`)"
            yield Remark(path=("tests", index, "types"), message=message)


def _sql(file: TableFile, query: ExportedQuery, waits: Waiting, remarks: tuple[Remark, ...]) -> str:
    said = [f"- {remark.sentence}" for remark in remarks]
    lines = [f"From {file.config.file}.", *(["dbt does not do, or does otherwise:", *said] if said else [])]
    # `{%-` at the beginning of what follows would take away the end of the line of a comment.
    return f"{comment(lines)}{waits.lines}{config_block(file)}{query.head}{query.sql.text}"


def properties(
    file: TableFile, checks: ExportedChecks, tests: TableTests, unsaid: Collection[str] = ()
) -> dict[str, Any]:
    """What is said of a model or a seed, with its tests. `unsaid`: keys that dbt has words for, but not for these."""
    table = file.config.table
    found: dict[str, Any] = {"name": table.table}
    if table.description:
        found["description"] = as_it_is(table.description.strip())
    if table.deprecated:
        found["deprecation_date"] = table.deprecated.after.isoformat()
    found["config"] = _config(file, table, checks, unsaid)
    if entries := tests.of_table:
        found["data_tests"] = entries
    if columns := columns_with_tests(table.columns, tests):
        found["columns"] = columns
    return found


def _config(file: TableFile, table: SummaryTable, checks: ExportedChecks, unsaid: Collection[str]) -> dict[str, Any]:
    config: dict[str, Any] = {}
    if table.main_sql and has_contract(table.columns):
        config["contract"] = {"enforced": True}
    config["meta"] = {"owner": as_it_is(table.owner), "summary_tables": _unsaid(file, checks, unsaid)}
    return config


SAID = frozenset(
    {"table", "schema", "main_sql", "csv", "description", "owner", "tags", "indexes", "grants"}
    | {"columns", "input_check", "output_check", "tests", "used_by"}
)


def _unsaid(file: TableFile, checks: ExportedChecks, more: Collection[str]) -> dict[str, Any]:
    """The keys for which dbt has no word, or another one, as the file has them: `summary-tables import` reads them."""
    rest = {key: all_as_it_is(value) for key, value in file.data.items() if key not in SAID or key in more}
    table = file.config.table
    if "schedule" not in rest and table.schedule.cron:
        rest["schedule"] = table.schedule.cron
    # Nothing, where `defaults.yaml` says something.
    has = {"tags": bool(table.tags), "grants": bool(table.grants.select)}
    rest |= {key: file.data[key] for key, has_some in has.items() if key in file.data and not has_some}
    return rest | {step: all_as_it_is(items) for step, items in checks.unsaid.items()}


def columns_with_tests(columns: Sequence[DeclaredColumn], tests: TableTests) -> list[dict[str, Any]]:
    """Those that are declared, and those that only a test names."""
    declared = {column.name: column for column in columns}
    names = dict.fromkeys((*declared, *tests.columns))
    return [_column(declared.get(name) or DeclaredColumn(name=name), tests) for name in names]


def _column(column: DeclaredColumn, tests: TableTests) -> dict[str, Any]:
    found: dict[str, Any] = {"name": in_sql(column.name) if '"' in column.name else column.name}
    # dbt does not double a quote within the name.
    if needs_quotes(column.name) and '"' not in column.name:
        found["quote"] = True
    if column.type:
        found["data_type"] = column.type
    if column.description:
        found["description"] = as_it_is(column.description.strip())
    if column.pii:
        found["config"] = {"meta": {"pii": True}}
    if entries := tests.of_column(column.name):
        found["data_tests"] = entries
    return found
