"""Readers of the published table, in a process of their own: how long each read took, and what went wrong.

    python -m benchmarks.build_readers TABLE VIEW

reads until its standard input ends, then prints what it saw. `READER_ADDRESS` in the environment is what to connect
with.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

import psycopg

from benchmarks.build_server import DATABASE, address
from benchmarks.build_steps import Span
from benchmarks.build_table import READER
from demo.embedded_postgres import EmbeddedPostgres

PAUSE_SECONDS = 0.005
"""After each read: readers that leave the server no rest would measure only themselves."""

_REPOSITORY = Path(__file__).parents[1]
_ADDRESS = "READER_ADDRESS"


@dataclass(frozen=True, slots=True)
class Read:
    """One query of one reader: which of `READS` it was, when it began, what it took, and what the server refused."""

    kind: str
    begin: float
    seconds: float
    error: str

    def meets(self, span: Span) -> bool:
        """Some of it fell into `span`."""
        return self.begin < span.end and self.begin + self.seconds > span.begin


READS = {
    "count": "SELECT COUNT(*) FROM {table}",
    "point": "SELECT visits FROM {table} WHERE user_id = 7",
    "view": "SELECT users FROM {view}",
}


@contextmanager
def reading(server: EmbeddedPostgres, table: str) -> Iterator[list[Read]]:
    """Reads `table` (`schema.name`), and a view that somebody made on it; afterwards the list holds what was seen."""
    view = f"{table}_total"
    with server.connect(DATABASE) as session:
        session.execute(f"CREATE OR REPLACE VIEW {view} AS SELECT COUNT(*) AS users FROM {table}".encode())
        session.execute(f"GRANT SELECT ON {view} TO {READER}".encode())
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.build_readers", table, view],
        cwd=_REPOSITORY,
        env=os.environ | {_ADDRESS: address(server, READER)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    seen: list[Read] = []
    try:
        assert process.stdout
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("The readers could not start.")
        yield seen
        seen.extend(Read(*found) for found in json.loads(process.communicate()[0]))
    finally:
        process.kill()
        process.wait()


def main(arguments: Sequence[str]) -> None:
    table, view = arguments
    stop, seen = threading.Event(), list[Read]()
    readers = [
        threading.Thread(target=_read, args=(kind, query.format(table=table, view=view), stop, seen))
        for kind, query in READS.items()
    ]
    for reader in readers:
        reader.start()
    while len({read.kind for read in list(seen)}) < len(READS):
        time.sleep(0.01)
    print("ready", flush=True)
    sys.stdin.read()
    stop.set()
    for reader in readers:
        reader.join()
    print(json.dumps([astuple(read) for read in seen]))


def _read(kind: str, query: str, stop: threading.Event, seen: list[Read]) -> None:
    with psycopg.connect(os.environ[_ADDRESS], autocommit=True) as connection:
        while not stop.is_set():
            begin, error = time.time(), ""
            try:
                rows = connection.execute(query.encode()).fetchall()
                error = "" if rows and rows[0][0] else "no rows"
            except psycopg.Error as found:
                error = str(found).splitlines()[0]
            seen.append(Read(kind, begin, time.time() - begin, error))
            stop.wait(PAUSE_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1:])
