"""One of the empty databases of a server that is there for nothing else: one process at a time uses it."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from summary_tables.warehouse.session.driver import Connection, connect, of_database

_OWN_DATABASES = (
    "SELECT datname::text FROM pg_catalog.pg_database "
    "WHERE pg_catalog.pg_get_userbyid(datdba) = current_user ORDER BY datname"
)
# Two that make the same tables wait for each other.
_LOCK = 5_432_001


def own_databases(address: str) -> list[str]:
    """Those of the role that `address` names. Raises LostConnectionError where the server cannot be reached."""
    with closing(connect(address)) as connection:
        return [str(name) for (name,) in connection.execute(_OWN_DATABASES)]


@contextmanager
def own_database(address: str, databases: Sequence[str]) -> Iterator[Connection]:
    """A connection, in autocommit mode, to one of `databases` that nobody else uses; waits for the first if all are."""
    for database in databases:
        with closing(connect(of_database(address, database))) as connection:
            if connection.execute(f"SELECT pg_catalog.pg_try_advisory_lock({_LOCK})".encode()).fetchone() == (True,):
                yield connection
                return
    with closing(connect(of_database(address, databases[0]))) as connection:
        connection.execute(f"SELECT pg_catalog.pg_advisory_lock({_LOCK})".encode())
        yield connection
