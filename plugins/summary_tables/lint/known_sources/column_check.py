"""The names of columns in a query beside those that its tables are known to have: no server is asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.answers import explain
from summary_tables.lint.dry_run.answers.missing_column import only_table
from summary_tables.lint.dry_run.catalog import Catalog
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import FRESH_SCHEMA, STAND_IN, Refusal
from summary_tables.lint.facts.project_tables import projects_of_models
from summary_tables.lint.known_sources.tables import KnownTables
from summary_tables.model.problem import Finding, Span
from summary_tables.sql.column_names import ColumnNames, WrongName, column_names

Columns = tuple[str, ...]

_SQLSTATES: Mapping[str, str] = {"missing": "42703", "ambiguous": "42702", "no table": "42P01"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCheck:
    """Of the queries of one file. `sources` is the folder of known sources, as people call it."""

    known: KnownTables
    catalog: Catalog
    file: TableFile
    folder: ConfigFolder
    sources: str

    def names(self, asked: AskedQuery, instead: Callable[[str, str], Columns | None] | None = None) -> ColumnNames:
        """What the names of `asked` mean; `instead` knows the columns of tables better."""

        def columns_of(schema: str, name: str) -> Columns | None:
            if name == STAND_IN and schema == FRESH_SCHEMA:
                return tuple(column.name for column in asked.fresh) or None
            found = instead(schema, name) if instead else None
            if found is not None:
                return found
            table = self.known.find(schema, name, self.file.dialect)
            return table.names if table else None

        return column_names(asked.sql, self.file.dialect, columns_of)

    def mistakes(self, asked: AskedQuery, wrong: tuple[WrongName, ...]) -> Iterator[Finding[Span]]:
        """What is said of the names that mean nothing."""
        for name in wrong:
            refusal = Refusal(sqlstate=_SQLSTATES[name.kind], message="", hint="", offset=name.offset)
            yield self.explained(self.refused(asked, refusal))

    def refused(self, asked: AskedQuery, refusal: Refusal) -> Refused:
        return Refused(refusal=refusal, query=asked, catalog=self.catalog, file=self.file, folder=self.folder)

    def explained(self, refused: Refused) -> Finding[Span]:
        """What the refusal means; of a column that a source lacks, also where to add one."""
        return self.with_place_to_add(refused, explain.mistake(refused))

    def _place_to_add(self, full_name: str, schema: str) -> str:
        """Of a model, the contract of its project says the columns, unless `sources/` does."""
        project = projects_of_models(self.folder).get(full_name, "")
        schema_name, _, name = full_name.partition(".")
        if project and (schema_name, name) not in self.folder.sources.tables:
            file = f"{self.folder.path.name}/{project}.yaml"
            return f"add it to the contract of the model, and run `summary-tables dbt manifest {file}`"
        return f"add it to {self.sources}/{schema}.yaml if the table has it"

    def with_place_to_add(self, refused: Refused, finding: Finding[Span]) -> Finding[Span]:
        table = only_table(refused) if refused.refusal.sqlstate == "42703" else None
        known = self.known.find(table.table.schema, table.table.name, self.file.dialect) if table else None
        if not known or not known.is_source or finding.fix.startswith("write "):
            return finding
        add = self._place_to_add(f"{known.schema}.{table.table.name}" if table else "", known.schema)
        return Finding(
            place=finding.place,
            rule=finding.rule,
            level=finding.level,
            message=finding.message,
            fix=f"{finding.fix}; {add}" if finding.fix else add,
        )
