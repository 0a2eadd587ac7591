"""The demo's warehouse without its rows, for `summary-tables lint --sample-warehouse`.

    python -m demo.sample_warehouse

prints the address, as the role that builds summaries, and runs until its standard input is closed.
"""

import sys
import tempfile
from pathlib import Path

from demo import warehouse
from demo.embedded_postgres import EmbeddedPostgres
from demo.sample_data import NPS, SESSION_TIMESTAMP, USER_SESSION_CHANNEL


def main() -> None:
    """Starts the server in a folder of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="summary_tables_") as home, EmbeddedPostgres(Path(home)) as server:
        roles = warehouse.set_up(server)
        with server.connect(warehouse.DATABASE, "loader", roles.loader) as session:
            for statement in (USER_SESSION_CHANNEL, SESSION_TIMESTAMP, NPS):
                session.execute(statement)
        print(server.uri(warehouse.DATABASE, "builder", roles.builder), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
