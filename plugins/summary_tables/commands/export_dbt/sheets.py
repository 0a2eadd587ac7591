"""Tables that are made of Google Sheets: dbt reads no sheet, so that they are tables of others there."""

from dataclasses import dataclass
from typing import Final

from summary_tables.commands.export_dbt.checks import ExportedChecks, exported_checks
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.configs.table_file import TableFile
from summary_tables.model.source_table import SourceColumn, SourceTable, TableKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`checks` are tests of the source, where anything reads it."""

    file: TableFile
    checks: ExportedChecks
    remarks: tuple[Remark, ...]

    @property
    def key(self) -> TableKey:
        """The table as a source."""
        return self.file.config.table.schema, self.file.config.table.table

    @property
    def described(self) -> SourceTable:
        """What its file says that a source can say."""
        table = self.file.config.table
        columns = (SourceColumn(name=each.name, type=each.type, description=each.description) for each in table.columns)
        return SourceTable(name=table.table, description=table.description, owner=table.owner, columns=tuple(columns))


def sheet(file: TableFile, references: References) -> Sheet:
    """The source of a table whose rows are those of a sheet."""
    checks = exported_checks(file, references)
    return Sheet(file=file, checks=checks, remarks=(_OF_SHEET, *checks.remarks))


_OF_SHEET: Final = Remark(
    path=("google_sheet",),
    message="dbt reads no sheet: models that read this table have it as a source",
    fix="load it by another tool, or go on with this file",
    level="warning",
)
