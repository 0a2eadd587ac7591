"""dbt as a process of its own, in a group of its own, so that all of it ends when the task ends, however that ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_ENDED_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux
_GRACE_SECONDS: Final = 10.0


def run_program(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], on_line: Callable[[str], None]
) -> int:
    """Runs it in `folder` until it ends and hands over each line that it prints; returns its exit code.

    Whatever is raised meanwhile ends it and all that it has started. Raises OSError where it cannot be started.
    """
    with _process(command, folder, environment) as process:
        assert process.stdout
        for line in process.stdout:
            on_line(line.rstrip("\n"))
        return process.wait()


@contextmanager
def _process(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        preexec_fn=_end_with_parent(),
    ) as process:
        try:
            yield process
        finally:
            _end(process)


def _end_with_parent() -> Callable[[], None] | None:
    """A worker that is killed cannot end its children: Linux does it. Loaded before the fork, which allows little."""
    with contextlib.suppress(OSError, AttributeError):
        prctl = ctypes.CDLL(None).prctl
        return lambda: prctl(_ENDED_WITH_PARENT, signal.SIGKILL)
    return None


def _end(process: subprocess.Popen[str]) -> None:
    """First asked, so that dbt closes its sessions with the warehouse; then killed."""
    if process.poll() is None:
        _signal(process, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)
    _signal(process, signal.SIGKILL)


def _signal(process: subprocess.Popen[str], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
