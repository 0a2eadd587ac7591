"""What stands in a warehouse, with the tables of the folder as their files describe them now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summary_tables.lint.dry_run.catalog import Catalog, Signature, Table
from summary_tables.model.column import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInCatalog:
    """`stand_ins`: the columns of such tables, by full name; all else is as `warehouse` has it."""

    warehouse: Catalog
    stand_ins: Mapping[str, Sequence[Column]]

    @property
    def role(self) -> str:
        return self.warehouse.role

    def schemas(self) -> tuple[str, ...]:
        return self.warehouse.schemas()

    def tables(self) -> tuple[Table, ...]:
        return self.warehouse.tables()

    def columns(self, table: Table) -> tuple[str, ...]:
        found = self.stand_ins.get(".".join(table))
        return self.warehouse.columns(table) if found is None else tuple(column.name for column in found)

    def signatures(self, function: str) -> tuple[Signature, ...]:
        return self.warehouse.signatures(function)

    def functions(self) -> tuple[str, ...]:
        return self.warehouse.functions()
