"""One session with the warehouse: statements, transactions, retries. The only place that calls a DB-API connection.

Nothing is ever set for longer than a transaction. Each begins with all settings that give SQL its meaning, those that
no role or server may choose for us (`sql.session.settings`); a statement outside of one is a transaction of its own and
carries them along. So a query that changes a setting changes nothing of what follows, and a pooler that gives every
transaction another connection (pgbouncer's `pool_mode = transaction`) does no harm and hands nothing of ours on.

Names in our own statements mean the warehouse's own and nothing else: `search_path` is `pg_catalog`. What a person
wrote is sent as a query of its own (`execute_query`, `described`, `first_rows`), for which the role's own search_path
holds; a query that somebody sends as a statement of ours by mistake finds none of its tables.
"""

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Self, cast

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from summary_tables.model.column import Column
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import NO_LIMITS, Limits
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.sql.statements.session import UTC
from summary_tables.sql.statements.statements import Statements
from summary_tables.warehouse.session.clocks import CANCEL_SECONDS, cancelled_after, cut_off_after
from summary_tables.warehouse.session.connect_options import where
from summary_tables.warehouse.session.driver import Connection, DriverError
from summary_tables.warehouse.session.errors import (
    CONNECTION_LOST,
    Attempt,
    WarehouseError,
    translated,
)
from summary_tables.warehouse.session.limit_messages import never_ended, silent, too_long
from summary_tables.warehouse.session.written_values import read_as_written, read_moments

Row = tuple[Any, ...]

QUERY_CANCELED = "57014"
_GRACE_SECONDS = 1
_LINES_AT_ONCE = 200
FIRST_ANSWER_SECONDS = 30.0
"""How long the warehouse may take to answer the first and simplest question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumn:
    """A column of a result. `type` is an object id; `modifier` is what stands in brackets, -1 without."""

    name: str
    type: int
    modifier: int


@dataclass(slots=True)
class Session:
    """Runs statements on a connection in autocommit mode; transactions are begun and ended by statements.

    `role` is whom the warehouse takes us for, `zone` is that of all that says none itself, `settings` are the
    statements with which each transaction begins, `own_limits` is what the warehouse said of those that it sets itself.
    `makes_queries`: what it runs as queries is made by us, e.g. from a check that names a kind; names in it are ours.
    Every method raises `WarehouseError`; its words hold values of rows only if `shows_values`.
    """

    connection: Connection
    warehouse: Warehouse
    sql: Statements
    limits: Limits = NO_LIMITS
    shows_values: bool = True
    role: str = ""
    settings: tuple[str, ...] = ()
    makes_queries: bool = False
    own_limits: Row = ()
    zone: str = UTC

    @contextmanager
    def limited(self, limits: Limits = NO_LIMITS, *, shows_values: bool = True) -> Iterator["Session"]:
        """The same for one piece of work, with limits of its own.

        What still runs or is not committed when something is raised is ended in the warehouse.
        """
        held_to = self.sql.session.limits(limits, *self.own_limits)
        session = replace(self, limits=limits, shows_values=shows_values, settings=(*self.settings, *held_to))
        try:
            yield session
        except BaseException:
            session._rollback()
            raise

    @contextmanager
    def in_zone(self, zone: str) -> Iterator[Self]:
        """The same, by the clocks of `zone`: also in the middle of a transaction, where it ends with the block."""
        if zone == self.zone:
            yield self
            return
        change = self.sql.session.in_zone(zone)
        is_under_way = self.connection.info.transaction_status is TransactionStatus.INTRANS
        if is_under_way:
            self.execute(change)
        try:
            yield replace(self, zone=zone, settings=(*self.settings, change))
        finally:
            # Where it failed, the way back to a savepoint undoes it, too.
            if is_under_way and self.connection.info.transaction_status is TransactionStatus.INTRANS:
                self.execute(self.sql.session.in_zone(self.zone))

    @property
    def dialect(self) -> Dialect:
        """The warehouse's SQL."""
        return dialect_of(self.warehouse.dialect)

    def execute(self, statement: str) -> int:
        """Run our own statement; returns the number of rows it concerned."""
        return self._run(statement, query="").rowcount

    def execute_all(self, statements: tuple[str, ...]) -> None:
        """Run our own statements one by one."""
        for statement in statements:
            self.execute(statement)

    def execute_query(self, statement: str, query: str) -> int:
        """Run `statement`, of which `query` was written by a person, as one statement, inside a transaction.

        The server refuses a second statement, and `%`, `$` and `?` mean themselves. An empty `query`: all is ours.
        """
        return self._run(statement, query=query).rowcount

    def copy_in(self, statement: str, lines: Iterable[str]) -> int:
        """Send `lines`, as the statement takes them, inside a transaction; returns the number of rows.

        No more of them is held than is on its way. Passes on what `lines` raises: then nothing was stored.
        """
        with self._translation(statement, query=""):
            cursor = self.connection.cursor(row_factory=tuple_row)
            with cursor.copy(statement) as copy:
                for lot in _lots(lines):
                    copy.write(lot)
            return cursor.rowcount

    def reset(self) -> None:
        """Undo what a query did to the session; the settings of the transaction hold again."""
        self._send("; ".join(self._as_before))

    def rows(self, statement: str) -> list[Row]:
        """What our own statement returns."""
        return self._run(statement, query="").fetchall()

    def query_rows(self, statement: str, query: str) -> list[Row]:
        """What a statement returns in which the query of a person stands; see `execute_query`."""
        return self._run(statement, query=query).fetchall()

    def value(self, statement: str) -> Any:
        """The one value that our own statement returns."""
        return self.rows(statement)[0][0]

    def cursor_columns(self, declaration: str, description: str, query: str) -> tuple[str, ...]:
        """How the columns of a person's query are called, of which a cursor is declared and described.

        Inside a transaction that is rolled back then. See `execute_query` for `query`.
        """
        with self.persons_names():
            self._run_persons(declaration, query)
            described = self._run_persons(description, query)
            return tuple(column.name for column in described.description or ())

    def result_types(self, statement: str, query: str) -> tuple[ResultColumn, ...]:
        """How the columns of the statement's result are called, and their types; see `execute_query` for `query`."""
        result = self._run(statement, query=query).pgresult
        if result is None:
            return ()
        return tuple(
            ResultColumn(name=(result.fname(at) or b"").decode(), type=result.ftype(at), modifier=result.fmod(at))
            for at in range(result.nfields)
        )

    def described(self, statement: str, query: str = "") -> tuple[Column, ...]:
        """The columns of the statement's result, with their full types; see `execute_query` for `query`."""
        result = self._run(statement, query=query).pgresult
        if result is None or not result.nfields:
            return ()
        places = range(result.nfields)
        types = ", ".join(self.sql.queries.full_type(result.ftype(place), result.fmod(place)) for place in places)
        names = ((result.fname(place) or b"").decode() for place in places)
        named = zip(names, self.rows(f"SELECT {types}")[0], strict=True)
        return tuple(Column(name=name, type=full_type) for name, full_type in named)

    def first_rows(self, query: str, count: int) -> list[Row]:
        """At most `count` rows of a person's query, as one statement inside a transaction; the others are not fetched.

        Numbers, truths and moments can be computed with; other values are texts, as the server writes them.
        """
        with self._translation(query, query), self.persons_names():
            cursor = self.connection.cursor(row_factory=tuple_row)
            read_as_written(cursor)
            # An iterator for its types; it is a generator, and closing it stops the query.
            with closing(cast("Generator[Row, None, None]", cursor.stream(query))) as rows:
                return list(islice(rows, count))

    @contextmanager
    def transaction(self, *first: str, read_only: bool = False, keep: bool = True) -> Iterator[None]:
        """COMMIT at the end, or ROLLBACK if something is raised or nothing is to be kept.

        `first` are statements of ours that it begins with, in the same message.
        """
        try:
            self.begin(*first, read_only=read_only)
            yield
            self.execute("COMMIT" if keep else "ROLLBACK")
        except BaseException:
            self._rollback()
            raise

    def begin(self, *further: str, read_only: bool = False) -> None:
        """Begin a transaction with its settings, and with `further` statements of ours. One message, one answer."""
        begin = self.sql.session.BEGIN_READ_ONLY if read_only else self.sql.session.BEGIN
        self._send("; ".join((begin, *self.settings, *further)))

    @contextmanager
    def persons_names(self) -> Iterator[None]:
        """Inside a transaction: names mean what they mean to a person who uses the role, then the server's again."""
        if self.makes_queries:
            yield
            return
        self._send(self.sql.session.PERSONS_NAMES)
        try:
            yield
        finally:
            # Where it failed, the way back to the beginning of the transaction, or to a savepoint, undoes this, too.
            if self.connection.info.transaction_status is TransactionStatus.INTRANS:
                self._send(self.sql.session.OUR_NAMES)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Inside a transaction: what was done before is kept if something is raised, and the transaction goes on."""
        self.execute("SAVEPOINT attempt")
        try:
            yield
        except WarehouseError:
            # Released, too: one of the same name around it is then the innermost again.
            self.execute("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")
            raise
        self.execute("RELEASE SAVEPOINT attempt")

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Inside a transaction: nothing can write here, and what the session reads stays locked until the end.

        Whatever the query of a person did to the session is undone before the transaction may write again.
        """
        self.execute("SAVEPOINT read_only; SET TRANSACTION READ ONLY")
        yield
        self._send("; ".join((*self._as_before, "RELEASE SAVEPOINT read_only")))

    @property
    def _as_before(self) -> tuple[str, ...]:
        return (*self.sql.session.reset_session(), *self.settings)

    def _run(self, statement: str, query: str) -> psycopg.Cursor[Row]:
        if not query:
            is_alone = self.connection.info.transaction_status is TransactionStatus.IDLE
            return self._send("; ".join((*self.settings, statement)) if is_alone else statement, statement)
        with self.persons_names():
            return self._run_persons(statement, query)

    def _run_persons(self, statement: str, query: str) -> psycopg.Cursor[Row]:
        with self._translation(statement, query):
            # Binary results need the extended protocol, which takes one statement. It is not given a name, as a
            # prepared statement is: behind a pooler, somebody else may have used it.
            return self.connection.cursor(row_factory=tuple_row).execute(statement, prepare=False, binary=True)

    def _send(self, message: str, statement: str = "") -> psycopg.Cursor[Row]:
        """Statements of ours in one message; what the last one returns. `statement` is what a failure is about."""
        with self._translation(statement or message, query=""):
            cursor = self.connection.cursor(row_factory=tuple_row)
            read_moments(cursor)
            cursor.execute(message, prepare=False)
            while cursor.nextset():
                pass
            return cursor

    def _rollback(self) -> None:
        """End what still runs, in the warehouse, too: nobody waits for it any more."""
        try:
            if self.connection.info.transaction_status is TransactionStatus.ACTIVE:
                self.connection.cancel_safe(timeout=CANCEL_SECONDS)
            self.connection.rollback()
        except DriverError:
            # The server rolls back what a lost connection leaves behind.
            self.connection.close()

    @contextmanager
    def _translation(self, statement: str, query: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            with cancelled_after(self.connection, self._patience if query else None):
                yield
        except DriverError as error:
            seconds = time.monotonic() - started
            attempt = Attempt(
                role=self.role,
                sql=statement,
                query=query,
                shows_values=self.shows_values,
                is_ours=self.makes_queries,
            )
            raise self._translated(error, attempt, seconds) from None

    @property
    def _patience(self) -> float | None:
        """Seconds for a person's query. The server, which has less to do to stop it, comes first."""
        longest = self.limits.longest_minutes
        return None if longest is None else longest * 60 + _GRACE_SECONDS

    def _translated(self, error: DriverError, attempt: Attempt, seconds: float) -> WarehouseError:
        # Told by the time, not by the server's words, which may be in any language.
        if error.sqlstate == QUERY_CANCELED:
            words = too_long(self.limits, seconds, is_query=bool(attempt.query))
        else:
            is_cut_off = error.sqlstate is None and attempt.query and self._patience and seconds > self._patience
            words = never_ended(self.limits) if is_cut_off else ""
        return (
            WarehouseError(words, sqlstate=error.sqlstate or CONNECTION_LOST) if words else translated(error, attempt)
        )


@contextmanager
def open_session(
    connection: Connection,
    warehouse: Warehouse,
    limits: Limits = NO_LIMITS,
    *,
    shows_values: bool = True,
    zone: str = UTC,
) -> Iterator[Session]:
    """A session on an idle connection for one piece of work; the caller closes the connection. See `begin_session`."""
    with begin_session(connection, warehouse, zone=zone).limited(limits, shows_values=shows_values) as session:
        yield session


def begin_session(connection: Connection, warehouse: Warehouse, *, zone: str = UTC) -> Session:
    """A session on an idle connection, for any number of pieces of work one after the other: `Session.limited`.

    `zone` is the time zone of all that is done in it, whatever that of the role or the server is.

    An open transaction is rolled back, the connection is put into autocommit mode. Settings made by SET are lost when
    a version is created: give them as options of the connection.
    """
    sql = dialect_of(warehouse.dialect).statements(warehouse.versions_schema)
    session = Session(connection, warehouse, sql, settings=sql.session.settings(zone), zone=zone)
    with session._translation("", ""):
        connection.rollback()
        connection.autocommit = True
    try:
        session.role, *own = _first_answer(session)
    except BaseException:
        session._rollback()
        raise
    session.own_limits = tuple(own)
    return session


def _first_answer(session: Session) -> Row:
    """What the warehouse says of itself. One that lets us in and then says nothing would be waited for in vain."""
    started = time.monotonic()
    try:
        with cut_off_after(session.connection, FIRST_ANSWER_SECONDS):
            return session.rows(session.sql.session.own_settings())[0]
    except WarehouseError as error:
        if error.sqlstate != CONNECTION_LOST or time.monotonic() - started < FIRST_ANSWER_SECONDS:
            raise
        info = session.connection.info
        raise WarehouseError(
            silent(where(info.host, info.port), FIRST_ANSWER_SECONDS), sqlstate=CONNECTION_LOST
        ) from None


def _lots(lines: Iterable[str]) -> Iterator[str]:
    """Many lines at once: a message for each would take most of the time."""
    every = iter(lines)
    while lot := "".join(islice(every, _LINES_AT_ONCE)):
        yield lot
