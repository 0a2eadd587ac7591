"""The sample data: loaded once, shared, and cleared of what killed processes leave."""

import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from demo import kept_warehouse, sample_data
from demo.postgres_programs import PostgresError

_REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def small_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandth of the data: what is tested is when it is loaded."""
    whole = sample_data.load
    monkeypatch.setattr(sample_data, "sessions", list)
    monkeypatch.setattr(sample_data, "load", lambda session: whole(session, 1000))


def rows(address: str) -> int:
    with psycopg.connect(address) as session:
        [found] = session.execute("SELECT count(*) FROM raw_data.nps").fetchone() or [0]
    return int(found)


def test_loaded_once(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        with kept_warehouse.kept_warehouse(tmp_path, said.append) as address:
            assert rows(address) == 1000
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(address)
    assert said == ["Loading the sample data, once: this takes some ten seconds ..."]


def test_loaded_anew_when_it_would_be_other_data_or_was_not_finished(tmp_path: Path) -> None:
    said: list[str] = []
    for found in ("older data", None):
        with kept_warehouse.kept_warehouse(tmp_path, said.append):
            pass
        marker = tmp_path / "loaded"
        marker.write_text(found) if found else marker.unlink()
    with kept_warehouse.kept_warehouse(tmp_path, said.append) as address:
        assert rows(address) == 1000
    assert len(said) == 3


def test_the_server_runs_until_the_last_user_has_gone(tmp_path: Path) -> None:
    with kept_warehouse.kept_warehouse(tmp_path):
        pass
    with ExitStack() as stack:
        first = user(tmp_path)
        second = user(tmp_path)
        stack.callback(first.kill)
        stack.callback(second.kill)
        addresses = {line(first), line(second)}
        assert len(addresses) == 1
        [address] = addresses
        end(first)
        time.sleep(0.3)
        assert rows(address) == 1000
        end(second)
        first.wait(300)
        second.wait(300)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(address)


def test_killed_user_and_killed_owner_leave_nothing_that_stops_the_next(tmp_path: Path) -> None:
    with kept_warehouse.kept_warehouse(tmp_path):
        pass
    owner = user(tmp_path)
    address = line(owner)
    other = user(tmp_path)
    assert line(other) == address
    other.kill()
    other.wait()
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    with kept_warehouse.kept_warehouse(tmp_path) as found:
        assert rows(found) == 1000
    assert not (tmp_path / "address").exists()
    assert not (tmp_path / "data" / "postmaster.pid").exists()


def test_many_at_once(tmp_path: Path) -> None:
    users = [user(tmp_path) for _ in range(4)]
    assert [rows(line(found)) for found in users] == [1000] * 4
    for found in users:
        end(found)
    assert [found.wait(300) for found in users] == [0] * 4


def test_home_is_a_folder_of_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_HOME", str(tmp_path / "new"))
    assert kept_warehouse.home() == tmp_path / "new" / "kept_warehouse"
    assert kept_warehouse.home() == tmp_path / "new" / "kept_warehouse"
    (tmp_path / "mine.txt").touch()
    monkeypatch.setenv("DEMO_HOME", str(tmp_path))
    with pytest.raises(PostgresError) as refused:
        kept_warehouse.home()
    assert str(refused.value) == (
        f"{tmp_path} holds files that are not the demo's. Name a new or empty folder in DEMO_HOME."
    )


# ---- users in processes of their own

_PROGRAM = """
import sys
from pathlib import Path
from demo import kept_warehouse, sample_data
whole = sample_data.load
sample_data.sessions = list
sample_data.load = lambda session: whole(session, 1000)
with kept_warehouse.kept_warehouse(Path(sys.argv[1])) as address:
    print(address, flush=True)
    sys.stdin.read()
"""


def user(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(home)],
        cwd=_REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.close()
