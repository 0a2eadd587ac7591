"""The command: what it prints where, and its exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE

GOOD = "table: good\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    (found / "good.yaml").write_text(GOOD)
    return found


def test_good_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", str(folder)]) == OK
    assert capsys.readouterr() == ("", "1 file is fine.\n")


def test_all_problems_of_all_files_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.yaml").write_text(GOOD.replace("good", "b") + "owner: 1\nretries: x\n")
    (folder / "a.yaml").write_text("")
    (folder / "c.yml").write_text(GOOD)
    assert cli.main(["lint", str(folder)]) == PROBLEMS
    assert capsys.readouterr() == (
        "dag_configs/a.yaml: error[file] the file is empty; fix: copy another config of this folder and change it\n"
        'dag_configs/b.yaml:4:8: error[value] `owner` must be a text, not the number 1; fix: put it in quotes: "1"\n'
        'dag_configs/b.yaml:5:10: error[value] `retries` must be a whole number, not the text "x"\n'
        "dag_configs/c.yml: error[file-name] the file is not read: configs end in .yaml; fix: rename it to c.yaml\n",
        "4 problems in 3 files.\n",
    )


def test_one_file_is_checked_with_the_defaults_beside_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "defaults.yaml").write_text("retires: 1\n")
    assert cli.main(["lint", str(folder / "good.yaml")]) == PROBLEMS
    assert capsys.readouterr().out == (
        "dag_configs/defaults.yaml:1:1: error[unknown-key] `retires` is not a key of this file; "
        "fix: rename it to `retries`\n"
    )


@pytest.mark.parametrize("arguments", [["lint"], ["lint", "dag_configs"], ["lint", "./dag_configs/../dag_configs"]])
def test_folder_where_the_person_stands(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    (folder / "bad.yaml").write_text("")
    monkeypatch.chdir(folder.parent)
    cli.main(arguments)
    monkeypatch.chdir(folder)
    cli.main(["lint", "."])
    cli.main(["lint", "bad.yaml"])
    said = (
        "dag_configs/bad.yaml: error[file] the file is empty; fix: copy another config of this folder and change it\n"
    )
    assert capsys.readouterr().out == said * 3


def test_files_that_would_do_nothing_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sub").mkdir()
    (folder / "empty").mkdir()
    for name in ("sub/a.yaml", "b.YAML", "c.yaml.txt", "README.md", ".hidden.yml"):
        (folder / name).write_text(GOOD)
    cli.main(["lint", str(folder)])
    assert capsys.readouterr().out.splitlines() == [
        "dag_configs/b.YAML: error[file-name] the file is not read: configs end in .yaml; fix: rename it to b.yaml",
        "dag_configs/c.yaml.txt: error[file-name] the file is not read: configs end in .yaml; fix: rename it to c.yaml",
        "dag_configs/sub: error[file-name] the files in this folder are not read; "
        "fix: move them up into the folder above",
    ]


def test_path_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", "nowhere"]) == USAGE
    assert capsys.readouterr() == ("", "summary-tables: nowhere does not exist\n")


def test_lint_needs_no_airflow() -> None:
    code = (
        "import sys; from summary_tables.cli import main; main(['lint']); "
        "print({'airflow', 'psycopg', 'sqlglot'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
