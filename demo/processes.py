"""Recognises and stops processes that an earlier run of the demo may have left behind."""

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

KILL_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMark:
    """A process that can be recognised later: ids are used again, an id with a start time is not.

    `started` is seconds since 1970, as the operating system reports it.
    """

    pid: int
    started: float


def mark(pid: int) -> ProcessMark | None:
    """The mark of a running process; None if there is none with that id."""
    with contextlib.suppress(psutil.Error):
        return ProcessMark(pid=pid, started=psutil.Process(pid).create_time())
    return None


def is_running(process: ProcessMark) -> bool:
    """True if exactly this process runs; a zombie counts as ended."""
    with contextlib.suppress(psutil.Error):
        found = psutil.Process(process.pid)
        # Clock adjustments move the reported start time by less than a second.
        same = abs(found.create_time() - process.started) < 1
        return bool(same and found.status() != psutil.STATUS_ZOMBIE)
    return False


def works_in(pid: int, directory: Path, program: str = "") -> bool:
    """True if process `pid` has `directory` as its working directory and, if given, is called `program`."""
    with contextlib.suppress(psutil.Error, OSError):
        found = psutil.Process(pid)
        named = not program or found.name() == program
        return bool(named) and Path(found.cwd()).samefile(directory)
    return False


def session_members(leader: ProcessMark, directory: Path) -> list[ProcessMark]:
    """The processes of the session that `leader` began, whether it still runs or not.

    The id of a session may be used again after a restart of the machine: only processes that work in `directory` and
    did not start before the leader are meant.
    """
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if os.getsid(process.pid) == leader.pid and works_in(process.pid, directory):
                found.append(ProcessMark(pid=process.pid, started=process.create_time()))
    return [process for process in found if process.started > leader.started - 1]


def ends_within(process: ProcessMark, seconds: float) -> bool:
    """Waits for the end of a process; False if it still runs after `seconds`."""
    deadline = time.monotonic() + seconds
    while is_running(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def stop(process: ProcessMark, *signals: signal.Signals, seconds_each: float = 10) -> bool:
    """Sends the signals one after the other, each followed by a wait, then SIGKILL. True if the process has ended.

    What was killed ends by itself, but not at once on a busy machine: it is waited for longer.
    """
    for number in (*signals, signal.SIGKILL):
        if not is_running(process):
            return True
        with contextlib.suppress(psutil.Error):
            psutil.Process(process.pid).send_signal(number)
        if ends_within(process, KILL_SECONDS if number == signal.SIGKILL else seconds_each):
            return True
    return False
