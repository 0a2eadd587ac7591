import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy

from demo import postgres_leftovers, postgres_programs
from demo.embedded_postgres import EmbeddedPostgres, free_port
from demo.port_reservation import reserved_port
from demo.postgres_leftovers import server_processes
from demo.postgres_programs import MAJOR_VERSION, PostgresError
from demo.processes import ProcessMark, is_running, mark, stop
from demo.server_account import server_account
from demo.socket_directory import SOCKET_PATH_BYTES, socket_directory

REPOSITORY = Path(__file__).parents[2]


def marked(pid: int | None) -> ProcessMark:
    assert pid
    found = mark(pid)
    assert found
    return found


def test_data_survives_a_restart_and_stop_leaves_no_process(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        first = marked(server.pid)
        server.connect().execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert not is_running(first)
    assert server.pid is None
    with EmbeddedPostgres(home) as server:
        assert server.connect().execute("SELECT answer FROM kept").fetchone() == (42,)


def test_sessions_do_not_hold_up_the_stop(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        session = server.connect()
    with pytest.raises(psycopg.OperationalError):
        session.execute("SELECT 1")


def test_servers_stand_side_by_side(home: Path) -> None:
    with EmbeddedPostgres(home / "a") as first, EmbeddedPostgres(home / "b") as second:
        first.connect().execute("CREATE TABLE only_here (n int)")
        assert second.connect().execute("SELECT to_regclass('only_here')").fetchone() == (None,)


def test_a_directory_serves_one_at_a_time(home: Path) -> None:
    with EmbeddedPostgres(home), pytest.raises(PostgresError) as caught:
        EmbeddedPostgres(home).start()
    assert str(caught.value) == f"Another process runs the PostgreSQL server of {home}."


@pytest.mark.parametrize("tcp", [False, True])
def test_every_login_needs_the_password(home: Path, tcp: bool) -> None:
    with EmbeddedPostgres(home, tcp=tcp) as server, pytest.raises(psycopg.OperationalError, match="password"):
        server.connect(password="wrong")


def test_the_password_is_its_owners_only(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        file = home / "superuser_password"
        assert file.read_text() == server.password
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE((home / "socket").stat().st_mode) == 0o700
        assert server.password not in Path(f"/proc/{server.pid}/cmdline").read_text()


def test_tcp_listens_on_the_loopback_address_only(home: Path) -> None:
    with EmbeddedPostgres(home, tcp=True) as server:
        assert server.host == "127.0.0.1"
        assert server.connect().execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_without_tcp_nothing_listens(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        assert server.connect().execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
@pytest.mark.parametrize("tcp", [False, True])
def test_sqlalchemy_takes_the_address(home: Path, tcp: bool, driver: str) -> None:
    with EmbeddedPostgres(home, tcp=tcp) as server:
        uri = server.uri("postgres", driver="psycopg" if driver == "psycopg" else "psycopg2")
        engine = sqlalchemy.create_engine(uri, poolclass=sqlalchemy.NullPool)
        with engine.connect() as session:
            assert session.exec_driver_sql("SELECT current_user").scalar() == "postgres"


@pytest.mark.parametrize("name", ["x" * 120, 'with, comma and "quotes"', "mit Leerzeichen und ü"])
def test_any_directory_name_will_do(tmp_path: Path, name: str) -> None:
    with EmbeddedPostgres(tmp_path / name) as server:
        assert server.connect().execute("SELECT 1").fetchone() == (1,)
        directory = Path(server.host)
    assert not directory.exists()


@pytest.fixture
def short_path() -> Iterator[Path]:
    """pytest's own folders leave no room for a name of the wanted length."""
    with tempfile.TemporaryDirectory(prefix="s-", dir="/tmp") as found:
        yield Path(found)


def test_the_socket_moves_only_when_its_path_is_too_long(short_path: Path) -> None:
    room = SOCKET_PATH_BYTES - len(os.fsencode(short_path)) - len("//socket/.s.PGSQL.5432")
    fits, too_long = short_path / ("x" * room), short_path / ("x" * (room + 1))
    for home in (fits, too_long):
        home.mkdir()
    assert socket_directory(fits, 5432) == fits / "socket"
    moved = socket_directory(too_long, 5432)
    assert moved.parent == Path("/tmp")
    assert (too_long / "socket").readlink() == moved
    # The one that a killed server left is removed by the next.
    socket_directory(too_long, 5432).rmdir()
    assert not moved.exists()


START_AND_DIE = """
import os, sys
from pathlib import Path
from typing import Any
from demo.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1])).start()
server.connect().execute("CREATE TABLE kept AS SELECT 42 AS answer")
print(server.pid, flush=True)
os.kill(os.getpid(), 9)
"""


def test_a_server_whose_owner_was_killed_is_replaced(home: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", START_AND_DIE, home], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    orphan = marked(int(killed.stdout))
    with EmbeddedPostgres(home) as server:
        assert not is_running(orphan)
        assert server.connect().execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_killed_server_starts_again(home: Path) -> None:
    server = EmbeddedPostgres(home).start()
    # Held, as a session that nobody holds may have ended before its process is stopped.
    session = server.connect()
    backend, postmaster = session.info.backend_pid, server.pid
    assert postmaster
    os.kill(backend, signal.SIGSTOP)
    os.kill(postmaster, signal.SIGKILL)
    threading.Timer(0.3, os.kill, (backend, signal.SIGCONT)).start()
    server.stop()
    assert server_processes(server.data) == []
    with EmbeddedPostgres(home) as again:
        assert again.connect().execute("SELECT 1").fetchone() == (1,)


KILL_BOTH = """
import os, signal, sys
from pathlib import Path
from demo.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1])).start()
session = server.connect()
session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
os.kill(session.info.backend_pid, signal.SIGSTOP)
os.kill(server.pid, signal.SIGKILL)
print(session.info.backend_pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def orphan(home: Path) -> Iterator[ProcessMark]:
    """A process of a server that was killed, with the program that ran it: it stands still and uses the data."""
    killed = subprocess.run([sys.executable, "-c", KILL_BOTH, home], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    found = marked(int(killed.stdout))
    yield found
    stop(found)


def test_a_start_waits_for_a_process_that_a_killed_server_left(home: Path, orphan: ProcessMark) -> None:
    later = threading.Timer(0.5, os.kill, (orphan.pid, signal.SIGCONT))
    later.start()
    with EmbeddedPostgres(home) as server:
        assert not later.is_alive()
        assert not is_running(orphan)
        assert server.connect().execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_process_that_a_killed_server_left_and_that_does_not_end_is_stopped(
    home: Path, orphan: ProcessMark, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_leftovers, "ORPHAN_SECONDS", 0.1)
    with EmbeddedPostgres(home) as server:
        assert not is_running(orphan)
        assert server.connect().execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_process_that_cannot_be_stopped_is_named_with_what_to_do(
    home: Path, orphan: ProcessMark, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_leftovers, "ORPHAN_SECONDS", 0.1)
    with monkeypatch.context() as powerless:
        powerless.setattr(postgres_leftovers, "stop", lambda *_: False)
        with pytest.raises(PostgresError) as caught:
            EmbeddedPostgres(home).start()
    assert str(caught.value) == (
        f"A PostgreSQL server that was killed left process {orphan.pid} behind, which still uses {home}/data and does "
        f"not end. Stop it, e.g. with `kill -9 {orphan.pid}` as its owner or as root, and start again."
    )
    subprocess.run(["kill", "-9", str(orphan.pid)], check=True)
    with EmbeddedPostgres(home) as server:
        assert server.connect().execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_stale_pid_file_that_names_a_living_stranger_is_ignored(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        lines = (server.data / "postmaster.pid").read_text().splitlines()
    # Of the same account, because PostgreSQL ignores processes that it may not signal.
    arguments: dict[str, Any] = server_account().popen_arguments()
    with subprocess.Popen(["sleep", "60"], **arguments) as stranger:
        (server.data / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:], ""]))
        with EmbeddedPostgres(home):
            assert stranger.poll() is None
        stranger.kill()


def test_data_of_another_version_is_refused(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        pass
    (server.data / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(PostgresError) as caught:
        EmbeddedPostgres(home).start()
    assert str(caught.value) == (
        f"{home}/data was made by PostgreSQL 9.6, this is PostgreSQL {MAJOR_VERSION}. "
        f"Delete {home} to start with a new one."
    )


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    with pytest.raises(PostgresError) as caught:
        EmbeddedPostgres(home, settings={"no_such_setting": "on"}).start()
    first, *log = str(caught.value).splitlines()
    assert first == f"PostgreSQL did not start. The last lines of {home}/postgres.log:"
    assert 'unrecognized configuration parameter "no_such_setting"' in log[-1]


def test_a_start_that_was_killed_can_be_repeated(home: Path) -> None:
    (home / "data.unfinished").mkdir(parents=True)
    (home / "data.unfinished" / "PG_VERSION").write_text(f"{MAJOR_VERSION}\n")
    with EmbeddedPostgres(home) as server:
        assert server.connect().execute("SELECT 1").fetchone() == (1,)
    assert not (home / "data.unfinished").exists()


def test_a_start_that_is_interrupted_leaves_no_process(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    def interrupted(process: subprocess.Popen[bytes], *_: Path) -> None:
        started.append(marked(process.pid))
        raise KeyboardInterrupt

    monkeypatch.setattr(postgres_programs, "await_ready", interrupted)
    with pytest.raises(KeyboardInterrupt):
        EmbeddedPostgres(home).start()
    assert not is_running(started[0])
    assert not (home / "socket").exists()


def test_the_preferred_port_is_taken_when_it_is_free() -> None:
    with reserved_port() as port:
        assert free_port(port) == port


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_port_in_use_is_avoided(address: str) -> None:
    with socket.create_server((address, 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) != port
