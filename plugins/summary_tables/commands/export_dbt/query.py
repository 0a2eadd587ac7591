"""A query of a file in dbt's words, whatever part of the file it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from summary_tables.commands.export_dbt.interval import day_begins, other_interval
from summary_tables.commands.export_dbt.references import DbtSql, References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.commands.export_dbt.run_dates import DbtTemplate, in_dbt_words, prelude
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import EARLIEST
from summary_tables.sql.templates.template import statements
from summary_tables.text.english import quoted
from summary_tables.text.moments import local


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedQuery:
    """`head` are the lines before it that give it its `dates`."""

    sql: DbtSql
    head: str
    dates: tuple[str, ...]
    remarks: tuple[Remark, ...]


def exported_query(file: TableFile, query: SourceQuery, references: References) -> ExportedQuery:
    """`query` of `file`."""
    read = references.in_query(file, query)
    template = in_dbt_words(read.text, statements(read.text), file.config.table.timezone)
    table = file.config.table
    first = _first_day(table)
    grows = table.refresh.is_incremental and query.role == "main_sql"
    head = prelude(
        template.names,
        f"{first:%Y-%m-%d}" if grows else "",
        has_interval=bool(table.schedule.cron or grows),
        zone=table.timezone,
        begins=day_begins(table),
    )
    return ExportedQuery(
        sql=DbtSql(
            text=template.sql,
            sources=read.sources,
            models=read.models,
            unknown=read.unknown,
            reads_itself=read.reads_itself,
            is_read=read.is_read,
            names_columns_with=read.names_columns_with,
        ),
        head=head,
        dates=template.names,
        remarks=tuple(_remarks(table, query, read, template)),
    )


def _first_day(table: SummaryTable) -> date:
    """Of a table that grows, by the clocks of its zone."""
    return local(table.timezone, table.refresh.start).date() if table.refresh.start else EARLIEST


def _remarks(table: SummaryTable, query: SourceQuery, read: DbtSql, template: DbtTemplate) -> Iterator[Remark]:
    for word, _ in template.foreign:
        message = f"dbt has no `{word}` of a moment; it stands in the SQL as it was, and dbt will refuse it"
        yield Remark(path=query.path, message=message, fix="write it with `strftime`", level="warning")
    if template.names:
        yield from other_interval(table)
    if read.unknown:
        names = quoted(sorted(read.unknown))
        message = f"the query reads {names} without a schema, so that dbt does not know it as a source"
        yield Remark(path=query.path, message=message, fix="write its schema", level="warning")
    if not read.is_read:
        message = "`{% ... %}` decides what the query is: tables are told by `FROM` and `JOIN` before their names"
        yield Remark(path=query.path, message=message, fix="look whether all are `ref` or `source`", level="warning")
