import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from demo.processes import ProcessMark, ends_within, is_running, mark, session_members, stop, works_in

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that leads a session and works in `tmp_path`."""
    with subprocess.Popen(["sleep", "60"], cwd=tmp_path, start_new_session=True) as process:
        yield process
        process.kill()


def marked(process: subprocess.Popen[bytes]) -> ProcessMark:
    found = mark(process.pid)
    assert found
    return found


def test_a_process_is_recognised_by_id_and_start(sleeper: subprocess.Popen[bytes]) -> None:
    found = marked(sleeper)
    assert is_running(found)
    assert not is_running(replace(found, started=found.started - 60))


def test_a_zombie_has_ended(sleeper: subprocess.Popen[bytes]) -> None:
    found = marked(sleeper)
    os.kill(found.pid, signal.SIGKILL)
    assert ends_within(found, 60)


def test_nobody_has_no_mark() -> None:
    with subprocess.Popen(["true"]) as process:
        process.wait()
    assert mark(process.pid) is None


def test_waiting_for_the_end_has_an_end(sleeper: subprocess.Popen[bytes]) -> None:
    assert not ends_within(marked(sleeper), 0)


def test_a_process_that_ignores_signals_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        assert stop(marked(process), signal.SIGTERM, seconds_each=0.2)
        assert process.wait() == -signal.SIGKILL


def test_another_process_with_the_same_id_is_left_alone(sleeper: subprocess.Popen[bytes]) -> None:
    assert stop(replace(marked(sleeper), started=1.0))
    assert sleeper.poll() is None


def test_program_and_directory_tell_who_works_where(sleeper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert works_in(sleeper.pid, tmp_path, "sleep")
    assert works_in(sleeper.pid, tmp_path)
    assert not works_in(sleeper.pid, tmp_path, "postgres")
    assert not works_in(sleeper.pid, tmp_path.parent, "sleep")
    assert not works_in(sleeper.pid, tmp_path / "missing", "sleep")


def test_a_session_is_found_after_its_leader_has_died(tmp_path: Path) -> None:
    command = ["sh", "-c", "sleep 60 & echo $!; cd /; sleep 60 & echo $!; exec kill -9 $$"]
    with subprocess.Popen(command, cwd=tmp_path, start_new_session=True, stdout=subprocess.PIPE, text=True) as leader:
        leader_mark = mark(leader.pid)
        assert leader_mark
        assert leader.stdout
        members = [int(leader.stdout.readline()) for _ in range(2)]
        leader.wait()
        found = session_members(leader_mark, tmp_path)
        later = session_members(replace(leader_mark, started=leader_mark.started + 60), tmp_path)
        for pid in members:
            os.kill(pid, signal.SIGKILL)
    # The other one works elsewhere: it is not the demo's.
    assert [process.pid for process in found] == members[:1]
    assert later == []
