"""Checks whose query a person wrote -> tests of dbt: files with a query that finds what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from summary_tables.checks import NoRows, SqlCount
from summary_tables.checks.kinds.sql_count import Operator
from summary_tables.commands.export_dbt.dbt_text import comment
from summary_tables.commands.export_dbt.origin import Origin
from summary_tables.commands.export_dbt.project_file import ProjectFile
from summary_tables.text.written_number import as_written

_SIGNS: Final[Mapping[Operator, str]] = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "=", "ne": "<>"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SingularTest:
    """`sql` is the check's query in dbt's words, with `head`, the lines that give it its dates.

    `looks_at` is the table that whoever reads the query would take it to be about.
    """

    name: str
    check: SqlCount | NoRows
    origin: Origin
    looks_at: str
    label: str
    head: str
    sql: str

    @property
    def file(self) -> ProjectFile:
        """The file of the test."""
        given = ", ".join(f"{name}={value!r}" for name, value in self.origin.config(self.looks_at).items())
        config = f"{{{{ config({given}) }}}}\n" if given else ""
        text = f"{comment([self.label])}{config}{self.head}{self._query}"
        return ProjectFile(path=f"tests/{self.name}.sql", text=text)

    @property
    def _query(self) -> str:
        if isinstance(self.check, NoRows):
            return self.sql
        holds = f"{{{{ as_number('found.value') }}}} {_SIGNS[self.check.op]} {as_written(self.check.count)}"
        # A query without a row fails, too; not indented, as a text may have several lines.
        return (
            f"SELECT found.value\nFROM (SELECT 1) AS one\nLEFT JOIN (\n{self.sql}) AS found (value) ON TRUE\n"
            f"WHERE ({holds}) IS NOT TRUE\n"
        )
