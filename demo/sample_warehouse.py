"""The demo's warehouse for the commands of the library that ask one.

    python -m demo.sample_warehouse               tables without rows, for `summary-tables lint --sample-warehouse`
    python -m demo.sample_warehouse --with-data   the kept one with the sample data, for `summary-tables preview`
    python -m demo.sample_warehouse --for-tests   a kept server with empty databases, for `summary-tables test`

prints the address, as a role that may do what the command needs, and runs until its standard input is closed. What
takes long is said in lines that begin with `#` before.
"""

import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from demo import kept_warehouse, query_test_databases, warehouse
from demo.embedded_postgres import EmbeddedPostgres
from demo.sample_data import NPS, SESSION_TIMESTAMP, USER_SESSION_CHANNEL

_KEPT = {"--with-data": kept_warehouse.SAMPLE, "--for-tests": query_test_databases.CONTENTS}


def main() -> None:
    """Starts the server and waits."""
    contents = _KEPT.get(" ".join(sys.argv[1:]))
    if contents:
        # A preview may be ended by a signal to all of a terminal's processes; its end is read from standard input.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        serving = kept_warehouse.kept_warehouse(kept_warehouse.home(contents), _say, contents)
    else:
        serving = _without_rows()
    with serving as address:
        print(address, flush=True)
        sys.stdin.read()


def _say(words: str) -> None:
    # Whoever asked may have gone; the next one will find the data loaded.
    with suppress(BrokenPipeError):
        print(f"# {words}", flush=True)


@contextmanager
def _without_rows() -> Iterator[str]:
    """A server in a folder of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="summary_tables_") as home, EmbeddedPostgres(Path(home)) as server:
        roles = warehouse.set_up(server)
        with server.connect(warehouse.DATABASE, "loader", roles.loader) as session:
            for statement in (USER_SESSION_CHANNEL, SESSION_TIMESTAMP, NPS):
                session.execute(statement)
        yield server.uri(warehouse.DATABASE, "builder", roles.builder)


if __name__ == "__main__":
    main()
