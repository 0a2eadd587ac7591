"""Ends what killed tests leave: tests that get to their end stop their servers themselves.

    python tests/clean_up.py FOLDER SECONDS

waits until its standard input ends, which it does with the process that started it, however that ends. What works for
the tests of FOLDER has so many seconds then to end by itself; it is killed, and the folder removed.
"""

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

FOLDER_VARIABLE = "PYTEST_DEBUG_TEMPROOT"
"""Inherited by whatever tests start; programs that are started without it work below the folder."""


def main() -> None:
    """Serves until standard input ends."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    sys.stdin.read()
    deadline = time.monotonic() + seconds
    while list(processes_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.2)
    for process in processes_of(folder):
        with contextlib.suppress(psutil.Error):
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def processes_of(folder: Path) -> Iterator[psutil.Process]:
    """All that work for the tests of `folder`, but this one."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE and _works_for(process, folder):
                yield process


def _works_for(process: psutil.Process, folder: Path) -> bool:
    with contextlib.suppress(psutil.Error, OSError):
        if Path(process.cwd()).is_relative_to(folder):
            return True
    return process.environ().get(FOLDER_VARIABLE) == str(folder)


if __name__ == "__main__":
    main()
