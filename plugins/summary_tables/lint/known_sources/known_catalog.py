"""What is known of the tables, for those who explain a mistake; of functions, what a server says where there is one."""

from dataclasses import dataclass

from summary_tables.lint.dry_run.catalog import Catalog, Signature, Table
from summary_tables.lint.known_sources.tables import KnownTables
from summary_tables.sql.dialect import Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCatalog:
    """`functions_of`: None without a server."""

    known: KnownTables
    dialect: Dialect
    functions_of: Catalog | None = None

    @property
    def role(self) -> str:
        """Rights are nobody's here."""
        return ""

    def schemas(self) -> tuple[str, ...]:
        return self.known.schemas

    def tables(self) -> tuple[Table, ...]:
        return self.known.tables

    def columns(self, table: Table) -> tuple[str, ...]:
        found = self.known.find(*table, self.dialect)
        return (found.names if found else None) or ()

    def signatures(self, function: str) -> tuple[Signature, ...]:
        return self.functions_of.signatures(function) if self.functions_of else ()

    def functions(self) -> tuple[str, ...]:
        return self.functions_of.functions() if self.functions_of else ()
