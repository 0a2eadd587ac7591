"""What a killed PostgreSQL server leaves behind: processes that still run, and the file that names it."""

import contextlib
import signal
import time
from pathlib import Path
from typing import Final

import psutil

from demo.postgres_programs import PostgresError
from demo.processes import ProcessMark, ends_within, mark, stop, works_in

PROGRAM: Final = "postgres"
ORPHAN_SECONDS: Final = 5
"""How long a process of a killed server may go on by itself. An idle one notices within milliseconds, one that is
computing only when it next waits for something."""


def clear_leftovers(data: Path) -> None:
    """Stops a server that a killed program left running in `data`, and all of its processes; removes its pid file.

    PostgreSQL itself trusts any living process with the id in the file, e.g. after a container was restarted; and it
    does not start as long as a process of the server before it uses that one's shared memory.
    Raises PostgresError, naming the process, where one does not end.
    """
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    with contextlib.suppress(ValueError, IndexError):
        pid = int(pid_file.read_text().splitlines()[0])
        found = mark(pid)
        if found and works_in(pid, data, PROGRAM):
            stop(found, signal.SIGINT, signal.SIGQUIT)
    end_orphans(data)
    pid_file.unlink(missing_ok=True)


def end_orphans(data: Path) -> None:
    """Waits for what is left of a server in `data` that has ended, and stops what does not end by itself.

    Raises PostgresError, naming the process, where that has no effect.
    """
    deadline = time.monotonic() + ORPHAN_SECONDS
    for orphan in server_processes(data):
        # Nothing of value is left in its hands: the next start repairs the data from what was committed.
        if ends_within(orphan, max(0, deadline - time.monotonic())) or stop(orphan):
            continue
        raise PostgresError(
            f"A PostgreSQL server that was killed left process {orphan.pid} behind, which still uses {data} and does "
            f"not end. Stop it, e.g. with `kill -9 {orphan.pid}` as its owner or as root, and start again."
        )


def server_processes(data: Path) -> list[ProcessMark]:
    """The processes of PostgreSQL servers that work in `data`, a server or what it left."""
    found = (mark(process.pid) for process in psutil.process_iter() if works_in(process.pid, data, PROGRAM))
    return [process for process in found if process]
