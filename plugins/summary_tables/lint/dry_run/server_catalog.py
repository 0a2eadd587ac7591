"""What stands in a real warehouse, as far as our role may read it. Asked only when a name is not found, and once."""

from dataclasses import dataclass, field

from summary_tables.lint.dry_run.catalog import Signature, Table
from summary_tables.lint.dry_run.server import Server
from summary_tables.sql.statements.inventory import InventoryStatements


@dataclass(slots=True)
class ServerCatalog:
    """Every answer is kept: many files ask for the same few things."""

    server: Server
    _schemas: tuple[str, ...] | None = field(default=None, init=False)
    _searched: tuple[str, ...] | None = field(default=None, init=False)
    _tables: tuple[Table, ...] | None = field(default=None, init=False)
    _functions: tuple[str, ...] | None = field(default=None, init=False)
    _columns: dict[Table, tuple[str, ...]] = field(default_factory=dict, init=False)
    _rights: dict[Table, bool] = field(default_factory=dict, init=False)

    @property
    def role(self) -> str:
        """The role as which the server knows us."""
        return self.server.role

    def schemas(self) -> tuple[str, ...]:
        """All schemas but the server's own."""
        if self._schemas is None:
            self._schemas = tuple(name for (name,) in self.server.hints(self._sql.schemas()))
        return self._schemas

    def tables(self) -> tuple[Table, ...]:
        """The tables and views that our role may read, without the versions of summary tables."""
        if self._tables is None:
            self._tables = tuple((schema, name) for schema, name in self.server.hints(self._sql.tables()))
        return self._tables

    def columns(self, table: Table) -> tuple[str, ...]:
        """The columns of a table in order; the schema may be empty: then the one that the search path finds."""
        if table not in self._columns:
            rows = self.server.hints(self._sql.column_names(*self._found(table)))
            self._columns[table] = tuple(name for (name,) in rows)
        return self._columns[table]

    def may_read(self, table: Table) -> bool:
        """False only where our role certainly may not read the table: a right on some of its columns is enough."""
        if table not in self._rights:
            rows = self.server.hints(self._sql.may_select(*self._found(table)))
            self._rights[table] = not rows or bool(rows[0][0])
        return self._rights[table]

    def signatures(self, function: str) -> tuple[Signature, ...]:
        """What the functions of this name take, the fewest arguments first."""
        rows = self.server.hints(self._sql.signatures(function, self.searched()))
        return tuple(tuple(types.split(", ")) if types else () for (types,) in rows)

    def functions(self) -> tuple[str, ...]:
        """The names of all functions that need no schema."""
        if self._functions is None:
            rows = self.server.hints(self._sql.functions(self.searched()))
            self._functions = tuple(name for (name,) in rows)
        return self._functions

    def searched(self) -> tuple[str, ...]:
        """The schemas in which the warehouse looks for a name without one, first to last."""
        if self._searched is None:
            self._searched = self.server.searched_schemas()
        return self._searched

    @property
    def _sql(self) -> InventoryStatements:
        return self.server.session.sql.inventory

    def _found(self, table: Table) -> Table:
        schema, name = table
        return schema or self._schema_of(name), name

    def _schema_of(self, name: str) -> str:
        """The first schema in which a table of that name is found."""
        found = {schema for (schema,) in self.server.hints(self._sql.schemas_of(name, self.searched()))}
        return next((schema for schema in self.searched() if schema in found), "")
