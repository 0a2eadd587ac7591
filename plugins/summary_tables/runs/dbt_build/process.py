"""dbt as a process of its own, in a group of its own, so that all of it ends when the task ends, however that ends."""

import codecs
import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

_ENDED_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux
_GRACE_SECONDS: Final = 10.0
_LOOKS_EVERY_SECONDS: Final = 1.0
_BLOCK: Final = 2**16


def run_program(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], on_line: Callable[[str], None]
) -> int:
    """Runs it in `folder` until it ends and hands over each line that it prints; returns its exit code.

    Whatever is raised meanwhile ends it and all that it has started; what it leaves running at its end is ended, too.
    Raises OSError where it cannot be started.
    """
    with _process(command, folder, environment) as process:
        assert process.stdout
        for line in _lines(process, process.stdout):
            on_line(line)
        return process.wait()


def _lines(process: subprocess.Popen[bytes], output: IO[bytes]) -> Iterator[str]:
    """Until the process ends: what it has started may hold its output open for longer, and is not waited for."""
    decoder, rest = codecs.getincrementaldecoder("utf-8")(errors="replace"), ""
    for block in _blocks(process, output):
        *lines, rest = (rest + decoder.decode(block)).split("\n")
        yield from lines
    if rest := rest + decoder.decode(b"", final=True):
        yield rest


def _blocks(process: subprocess.Popen[bytes], output: IO[bytes]) -> Iterator[bytes]:
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while True:
            if has_ended := process.poll() is not None:
                _signal(process, signal.SIGKILL)
            if selector.select(0 if has_ended else _LOOKS_EVERY_SECONDS):
                if not (block := os.read(output.fileno(), _BLOCK)):
                    return
                yield block
            elif has_ended:
                return


@contextmanager
def _process(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
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


def _end(process: subprocess.Popen[bytes]) -> None:
    """First asked, so that dbt closes its sessions with the warehouse; then killed."""
    if process.poll() is None:
        _signal(process, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)
    _signal(process, signal.SIGKILL)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
