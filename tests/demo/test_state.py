import os
import stat
from pathlib import Path

import pytest

from demo.problem import DemoError
from demo.processes import ProcessMark
from demo.state import State

LAUNCHER = ProcessMark(pid=4711, started=1.5)


@pytest.fixture
def state(tmp_path: Path) -> State:
    found = State(tmp_path / "demo")
    found.lock()
    found.prepare()
    return found


def test_a_second_demo_is_told_where_the_first_one_is(state: State) -> None:
    state.write_running(LAUNCHER, "http://127.0.0.1:8080")
    with pytest.raises(DemoError) as caught:
        State(state.home).lock()
    assert str(caught.value) == (
        f"A demo already runs in {state.home}: http://127.0.0.1:8080\n"
        f"Use that one, stop it with Ctrl-C in its terminal (or: kill {os.getpid()}), "
        "or start another one beside it: DEMO_HOME=<another folder> make demo"
    )


def test_a_demo_that_is_just_starting_counts_too(state: State) -> None:
    with pytest.raises(DemoError) as caught:
        State(state.home).lock()
    assert str(caught.value) == (
        f"A demo already runs in {state.home}\n"
        "Use that one, stop it with Ctrl-C in its terminal, "
        "or start another one beside it: DEMO_HOME=<another folder> make demo"
    )


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")
    with pytest.raises(DemoError) as caught:
        State(tmp_path).lock()
    assert str(caught.value) == (
        f"{tmp_path} holds files that are not the demo's. Name a new or empty folder in DEMO_HOME."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_state_of_another_version_is_made_anew(state: State) -> None:
    secrets = state.secrets()
    (state.home / "notes.txt").write_text("the person's own")
    (state.airflow / "airflow.cfg").touch()
    assert not state.prepare()
    assert state.secrets() == secrets
    (state.home / "version").write_text("0 postgresql-9 airflow-2.0.0")
    assert state.prepare()
    assert state.secrets() != secrets
    assert list(state.airflow.iterdir()) == []
    assert (state.home / "notes.txt").exists()


def test_secrets_are_their_owners_only_and_differ(state: State) -> None:
    secrets = state.secrets()
    assert stat.S_IMODE((state.home / "secrets.json").stat().st_mode) == 0o600
    assert len({secrets.fernet_key, secrets.jwt_secret, secrets.api_secret, secrets.admin_password}) == 4
    assert repr(secrets) == "Secrets()"


def test_the_launcher_of_a_killed_demo_is_remembered(state: State) -> None:
    assert state.leftover() is None
    state.write_running(LAUNCHER, "http://127.0.0.1:8080")
    assert state.leftover() == LAUNCHER
    state.forget_running()
    assert state.leftover() is None


@pytest.mark.parametrize("text", ["", "{", "{}", '{"launcher": 1}', '{"launcher": {"pid": 1}}'])
def test_a_damaged_file_names_no_launcher(state: State, text: str) -> None:
    (state.home / "running.json").write_text(text)
    assert state.leftover() is None
