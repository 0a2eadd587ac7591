"""One session with the warehouse in which nothing is ever executed but our own questions to the catalog.

A query goes to the server as a Parse message of the extended protocol: it is analysed, so that every name and type is
looked up, and neither planned nor run; no function in it is called. The transaction around it is READ ONLY, has short
timeouts, and is always rolled back.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

from summary_tables.lint.dry_run.refusal import STAND_IN, Refusal
from summary_tables.model.column import Column
from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.session.driver import (
    Description,
    DriverError,
    LostConnectionError,
    parse,
    parsed_description,
)
from summary_tables.warehouse.session.errors import Attempt, WarehouseError, translated
from summary_tables.warehouse.session.session import Row, Session

TROUBLE = ("08", "53", "57P", "58", "XX")
"""SQLSTATEs that begin so are of the connection, or of the server as a whole: no file can be blamed for them."""

_READ_ONLY = "SET TRANSACTION READ ONLY"


class Server:
    """Raises `WarehouseError` where the connection or the server fails, never for what a query says."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._types: dict[tuple[int, int], str] = {}
        self._begin: tuple[str, ...] = ()
        self._makes_table = False

    @property
    def role(self) -> str:
        """The role as which the server knows us."""
        return self.session.role

    @contextmanager
    def asking(self, stand_in: Sequence[Column] = ()) -> Iterator[None]:
        """A transaction in which queries can be described; `stand_in` are the columns of the table `FRESH_TABLE`."""
        limits = self.session.sql.session.question_limits()
        if stand_in:
            # A table cannot be made where all is READ ONLY: from here on it is.
            self._begin = (*limits, _create(STAND_IN, stand_in), _READ_ONLY)
        else:
            self._begin = limits
        self._makes_table = bool(stand_in)
        try:
            self.session.begin(*self._begin, read_only=not self._makes_table)
            yield
        finally:
            self._end()

    @contextmanager
    def with_tables(self, tables: Mapping[str, Sequence[Column]]) -> Iterator[None]:
        """Inside `asking`: the same with these temporary tables besides, by name; nothing is in them."""
        around = self._begin, self._makes_table
        begin = (statement for statement in self._begin if statement != _READ_ONLY)
        self._begin = (*begin, *(_create(name, columns) for name, columns in tables.items()), _READ_ONLY)
        self._makes_table = True
        try:
            self._anew()
            yield
        finally:
            self._begin, self._makes_table = around
            if not self.session.connection.closed:
                self._anew()

    def describe(self, query: str, *, is_ours: bool = False) -> tuple[Column, ...] | Refusal:
        """The columns that `query` gives, with their full types, or why the server does not take it.

        `is_ours`: we made it, and each name in it is the server's own; else they mean what they mean to the role.
        """
        described = self._described(query, is_ours=is_ours)
        if isinstance(described, DriverError):
            refusal = self._refusal(described, query)
            self._anew()
            return refusal
        if described.parameters:
            return Refusal(sqlstate="42P02", message="there is no parameter $1", hint="", offset=None)
        return self._columns(described)

    def start_again(self) -> None:
        """Inside `asking`, where a statement of ours was refused, and the server takes nothing else."""
        self._anew()

    def searched_schemas(self) -> tuple[str, ...]:
        """Where names without a schema are looked for, first to last; empty where the server does not say it."""
        try:
            with self.session.persons_names():
                return tuple(self.session.value("SELECT pg_catalog.current_schemas(true)"))
        except WarehouseError:
            self._anew()
            return ()

    def hints(self, statement: str) -> list[Row]:
        """The rows of our own question to the catalog; none where the server does not answer it."""
        try:
            return self.session.rows(statement)
        except WarehouseError:
            self._anew()
            return []

    def _described(self, query: str, *, is_ours: bool) -> Description | DriverError:
        connection = self.session.connection
        with nullcontext() if is_ours else self.session.persons_names():
            if error := parse(connection, query):
                return error
            try:
                return parsed_description(connection)
            except DriverError as error:
                raise translated(error, Attempt(role=self.role)) from None

    def _columns(self, described: Description) -> tuple[Column, ...]:
        types = [(oid, modifier) for _, oid, modifier in described.columns]
        unknown = [kind for kind in dict.fromkeys(types) if kind not in self._types]
        if unknown:
            named = ", ".join(f"pg_catalog.format_type({oid}, {modifier})" for oid, modifier in unknown)
            self._types.update(zip(unknown, self.session.rows(f"SELECT {named}")[0], strict=True))
        return tuple(Column(name=name, type=self._types[oid, modifier]) for name, oid, modifier in described.columns)

    def _refusal(self, error: DriverError, query: str) -> Refusal:
        state = error.sqlstate or ""
        if not state:
            # libpq made the result, not the server: nobody answers any more.
            raise translated(LostConnectionError(), Attempt(role=self.role))
        if state.startswith(TROUBLE):
            raise translated(error, Attempt(role=self.role, sql=query, query=query))
        position = error.diag.statement_position
        return Refusal(
            sqlstate=state,
            message=_one_line(error.diag.message_primary),
            hint=_one_line(error.diag.message_hint),
            offset=int(position) - 1 if position else None,
        )

    def _anew(self) -> None:
        """The same transaction once more: after a refusal the server takes nothing else."""
        self.session.execute("ROLLBACK")
        self.session.begin(*self._begin, read_only=not self._makes_table)

    def _end(self) -> None:
        if not self.session.connection.closed:
            self.session.execute("ROLLBACK")


def _create(table: str, columns: Sequence[Column]) -> str:
    return f"CREATE TEMPORARY TABLE {identifier(table)} ({', '.join(map(_definition, columns))})"


def _definition(column: Column) -> str:
    return f"{identifier(column.name)} {column.type}"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split()).rstrip(".")
