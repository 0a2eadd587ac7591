"""dbt ends with the task that started it, however that ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from summary_tables.runs.dbt_build.process import run_program

SLEEPER = "import subprocess, sys; print('begun', flush=True); subprocess.run([sys.executable, '-c', {inner!r}])"
INNER = "import os, time; open({pid!r}, 'w').write(str(os.getpid())); time.sleep(600)"


def test_lines_come_as_they_are_printed(tmp_path: Path) -> None:
    lines: list[str] = []
    code = run_program(["sh", "-c", "echo 가; echo b >&2; exit 3"], tmp_path, dict(os.environ), lines.append)
    assert (lines, code) == (["가", "b"], 3)


def test_what_is_raised_ends_all_that_it_has_started(tmp_path: Path) -> None:
    class Stopped(BaseException):
        pass

    pid = tmp_path / "pid"

    def stop(_: str) -> None:
        wait(pid.exists)
        raise Stopped

    program = SLEEPER.format(inner=INNER.format(pid=str(pid)))
    with pytest.raises(Stopped):
        run_program([sys.executable, "-c", program], tmp_path, dict(os.environ), stop)
    wait(lambda: not is_alive(pid))


def test_what_it_leaves_running_is_not_waited_for(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    inner = INNER.format(pid=str(pid))
    program = (
        "import subprocess, sys, time; from pathlib import Path; print('begun', end=''); "
        f"subprocess.Popen([sys.executable, '-c', {inner!r}])\n"
        f"while not Path({str(pid)!r}).exists(): time.sleep(0.05)"
    )
    lines: list[str] = []
    assert run_program([sys.executable, "-c", program], tmp_path, dict(os.environ), lines.append) == 0
    assert lines == ["begun"]
    wait(lambda: not is_alive(pid))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone ends a child with its parent.")
def test_killed_task_takes_it_along(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    inner = INNER.format(pid=str(pid))
    parent = (
        "import os, sys; from pathlib import Path; from summary_tables.runs.dbt_build.process import run_program; "
        f"run_program([sys.executable, '-c', {inner!r}], Path({str(tmp_path)!r}), dict(os.environ), print)"
    )
    process = subprocess.Popen([sys.executable, "-c", parent])
    wait(pid.exists)
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait(lambda: not is_alive(pid))


def is_alive(pid: Path) -> bool:
    try:
        return Path(f"/proc/{pid.read_text() or 0}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def wait(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 300
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
