"""The warehouse of the demo, started for one lint and stopped after it.

The demo is no part of this library: it runs as a process of its own, of a checkout or of what a wheel carries.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model.checkout import DEMO, DEMO_PACKAGES

_PROGRAM = "demo.sample_warehouse"
_SECONDS_TO_STOP = 30


@contextmanager
def sample_warehouse(repository: Path = DEMO) -> Iterator[str]:
    """Its address while it runs. Raises `WarehouseTrouble` where it cannot run."""
    if not (repository / "demo" / "sample_warehouse.py").is_file():
        raise WarehouseTrouble("there is no sample warehouse here: it comes with a checkout of the repository only")
    with tempfile.TemporaryFile() as log, _started(repository, log) as process:
        try:
            yield _address(process, log)
        finally:
            _stop(process)


def _started(repository: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", _PROGRAM],
        cwd=repository,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        # Ctrl-C is for lint, which stops it in order.
        start_new_session=True,
    )


def _address(process: subprocess.Popen[bytes], log: IO[bytes]) -> str:
    assert process.stdout is not None
    address = process.stdout.readline().decode().strip()
    if address:
        return address
    process.wait()
    log.seek(0)
    said = log.read().decode(errors="replace").strip()
    if "ModuleNotFoundError" in said:
        raise WarehouseTrouble(f"the sample warehouse needs the packages of the demo: run `{DEMO_PACKAGES}`")
    raise WarehouseTrouble(f"the sample warehouse does not start: {said.rpartition(chr(10))[2]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """It stops by itself when nobody can write to it any more, also when lint was killed."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
