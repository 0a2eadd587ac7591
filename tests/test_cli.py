"""The program around the commands: exit codes, streams, and how it ends when nobody waits for it."""

import os
import shutil
import signal
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import INTERRUPTED, NOBODY_READS, OK, USAGE
from summary_tables.model.checkout import PACKAGE

PROGRAM = [sys.executable, "-m", "summary_tables"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    (found / "good.yaml").write_text("table: good\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    return found


def test_module_is_the_program(folder: Path) -> None:
    done = subprocess.run([*PROGRAM, "lint", str(folder)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (OK, "", "1 file is fine.\n")


def test_call_that_makes_no_sense(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", "nowhere\x1b[31m"]) == USAGE
    assert capsys.readouterr() == ("", "summary-tables: nowhere␛[31m does not exist\n")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr() == (f"summary-tables {metadata.version('summary-tables')}\n", "")


def test_version_of_a_library_that_lies_in_a_folder(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "summary_tables", ignore=shutil.ignore_patterns("__pycache__"))
    # Without the packages of the environment, of which the installed library is one.
    call = [sys.executable, "-S", "-m", "summary_tables", "--version"]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    words = f"summary-tables from {tmp_path / 'summary_tables'}, which is not installed\n"
    assert (done.returncode, done.stdout, done.stderr) == (OK, words, "")


@pytest.mark.parametrize("command", [entry.name for entry in cli.COMMANDS])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: summary-tables {command} ")


def test_reader_that_goes_away_is_no_error(folder: Path) -> None:
    (folder / "bad.yaml").write_text("")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "lint", str(folder)], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (NOBODY_READS, "")


WAITS = """
import sys, time
from summary_tables.commands.lint import command
command.run = lambda *_: (print("waits", flush=True), time.sleep(600))
from summary_tables.cli import main
sys.exit(main(["lint"]))
"""


def test_ctrl_c_is_quiet() -> None:
    run = subprocess.Popen([sys.executable, "-c", WAITS], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with run:
        assert run.stdout
        assert run.stdout.readline() == b"waits\n"
        run.send_signal(signal.SIGINT)
        out, said = run.communicate()
    assert (run.returncode, out, said) == (INTERRUPTED, b"", b"")


def test_characters_that_the_terminal_does_not_have_become_escapes(folder: Path) -> None:
    (folder / "bad.yaml").write_text("소유자: 진\n", "utf-8")
    done = subprocess.run(
        [*PROGRAM, "lint", "--select", "unknown-key", str(folder)],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[2] == r"1 | \uc18c\uc720\uc790: \uc9c4"
    assert "Traceback" not in done.stderr


def test_lint_needs_no_airflow(folder: Path) -> None:
    code = (
        "import sys; from summary_tables.cli import main; main(sys.argv[1:]); "
        "print({'airflow', 'psycopg', 'sqlglot', 'demo'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, "lint", str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
