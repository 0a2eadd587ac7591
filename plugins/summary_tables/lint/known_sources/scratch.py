"""Empty tables on a server for nothing else, in one transaction: nobody sees them, and they end with the connection."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from summary_tables.configs.sources import known_type
from summary_tables.lint.dry_run.refusal import STAND_IN, Refusal
from summary_tables.lint.dry_run.server import TROUBLE, Server
from summary_tables.lint.known_sources.tables import Key, KnownTable
from summary_tables.model.column import Column
from summary_tables.model.settings import Warehouse
from summary_tables.model.source_table import SourceType, TableKey
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.text.quoting import in_single_quotes
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.own_database import own_database, own_databases
from summary_tables.warehouse.session.session import Session, open_session

_TABLES_AT_ONCE = 50


@contextmanager
def scratch(address: str) -> Iterator["Scratch"]:
    """A server at `address` of which the role owns empty databases. Raises `WarehouseError` and DriverError."""
    with (
        own_database(address, own_databases(address)) as connection,
        open_session(connection, Warehouse()) as session,
    ):
        yield Scratch(session)


class Scratch(Server):
    """The tables that are made stay for all that is asked later. Raises `WarehouseError` as `Server` does."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._again = "ROLLBACK TO SAVEPOINT asked"
        self._made: dict[Key, bool] = {}
        self._written_types: dict[str, str] = {}
        # The server's own names come first all the same.
        session.begin(*session.sql.session.question_limits(), "SET LOCAL search_path = public")

    @contextmanager
    def asking(self, stand_in: Sequence[Column] = ()) -> Iterator[None]:
        """`stand_in` are the columns of the table `FRESH_TABLE`."""
        create = (f"CREATE TEMPORARY TABLE {identifier(STAND_IN)} ({_definitions(stand_in)})",) if stand_in else ()
        around, self._again = self._again, "; ".join(("ROLLBACK TO SAVEPOINT asked", *create))
        self.session.execute("SAVEPOINT asked")
        try:
            for statement in create:
                self.session.execute(statement)
            yield
        finally:
            self._again = around
            if not self.session.connection.closed:
                self.session.execute("ROLLBACK TO SAVEPOINT asked; RELEASE SAVEPOINT asked")

    def describe(self, query: str, *, is_ours: bool = False) -> tuple[Column, ...] | Refusal:  # noqa: ARG002 - all names are ours
        """As `Server` does; names mean what they mean to all statements here."""
        return super().describe(query, is_ours=True)

    def searched_schemas(self) -> tuple[str, ...]:
        """Where names without a schema are looked for."""
        return ("pg_catalog", "public")

    def forget_all(self) -> None:
        """Another folder has other tables."""
        self.session.execute("ROLLBACK")
        self._made, self._written_types = {}, {}
        self.session.begin(*self.session.sql.session.question_limits(), "SET LOCAL search_path = public")

    def make_types(self, types: Mapping[TableKey, SourceType]) -> None:
        """Enums and domains of people; one that cannot be made is not there."""
        for (schema, name), kind in types.items():
            of = f"{qualified(schema, name)} AS"
            values = ", ".join(in_single_quotes(value) for value in kind.values)
            create = f"CREATE TYPE {of} ENUM ({values})" if kind.values else f"CREATE DOMAIN {of} {kind.base}"
            self._try((_schema(schema), create))

    def full_types(self, written: Iterable[str], types: Mapping[TableKey, SourceType]) -> Mapping[str, str]:
        """The full name of each type; empty where there is none. `types` are those of people."""
        if new := [name for name in written if name not in self._written_types]:
            with self.asking():
                self._written_types |= {name: self._full_type(name, types) for name in new}
        return self._written_types

    def has_type(self, written: str) -> bool:
        """Whether the server takes it as it is written."""
        with self.asking():
            return not isinstance(self.describe(self.session.sql.queries.name_types([written])), Refusal)

    def make(self, tables: Iterable[KnownTable]) -> None:
        """The tables that are not there yet. Types are full names; a column without one is left out."""
        new = list({table.key: table for table in tables if table.key not in self._made}.values())
        for start in range(0, len(new), _TABLES_AT_ONCE):
            part = new[start : start + _TABLES_AT_ONCE]
            schemas = dict.fromkeys(_schema(table.schema) for table in part)
            if self._try((*schemas, *map(_create, part))):
                self._made.update((table.key, True) for table in part)
            else:
                self._made.update((table.key, self._try((_schema(table.schema), _create(table)))) for table in part)

    def has(self, key: Key) -> bool:
        """Whether the table is there."""
        return self._made.get(key, False)

    def is_taken_with_key(self, query: str, table: Key, column: str) -> bool:
        """Whether `query` is right where `column` alone is the primary key of `table`."""
        try:
            self.session.execute(f"ALTER TABLE {qualified(*table)} ADD PRIMARY KEY ({identifier(column)})")
        except WarehouseError:
            self._anew()
            return False
        found = self.describe(query)
        self.session.execute(self._again)
        return not isinstance(found, Refusal)

    def _anew(self) -> None:
        self.session.execute(self._again)

    def _full_type(self, written: str, types: Mapping[TableKey, SourceType]) -> str:
        made = known_type(written, types)
        lists = written[written.index("[") :] if made and "[" in written else ""
        name = f"{qualified(*made)}{lists}" if made else written
        found = self.describe(self.session.sql.queries.name_types([name]))
        return "" if isinstance(found, Refusal) else found[0].type

    def _try(self, statements: Sequence[str]) -> bool:
        """Whether the server took all of them; if not, none was."""
        try:
            self.session.execute("; ".join(("SAVEPOINT made", *statements, "RELEASE SAVEPOINT made")))
        except WarehouseError as error:
            if self.session.connection.closed or error.sqlstate.startswith(TROUBLE):
                raise
            self.session.execute("ROLLBACK TO SAVEPOINT made; RELEASE SAVEPOINT made")
            return False
        return True


def _schema(name: str) -> str:
    return f"CREATE SCHEMA IF NOT EXISTS {identifier(name)}"


def _create(table: KnownTable) -> str:
    return f"CREATE TABLE {qualified(table.schema, table.name)} ({_definitions(table.columns or ())})"


def _definitions(columns: Iterable[Column]) -> str:
    """Nothing is ever stored: PLAIN saves the second table that each one with texts has."""
    return ", ".join(f"{identifier(column.name)} {column.type} STORAGE PLAIN" for column in columns if column.type)
