"""`summary-tables import`: what becomes of the course's dict files, and what is said of what cannot become anything.

Each case is `tests/cases/import/<name>.py`; what is printed and written stands in `tests/golden/import/<name>.txt`.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.configs.yaml import document
from tests.conftest import REPOSITORY
from tests.golden_files import GOLDEN, assert_golden

CASES = sorted((REPOSITORY / "tests" / "cases" / "import").glob("*.py"))
SUMMARIES = ("channel_summary", "mau_summary", "nps_summary")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty `dag_configs/` with the repository's defaults, in the folder where the person stands."""
    found = tmp_path / "dag_configs"
    found.mkdir()
    shutil.copy(REPOSITORY / "dag_configs" / "defaults.yaml", found)
    monkeypatch.chdir(tmp_path)
    return found


def written(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir()) if path.name != "defaults.yaml"}


def data_of(path: Path) -> dict[str, object]:
    found = document.read(path)
    assert isinstance(found, document.YamlDocument), found
    assert isinstance(found.data, dict), found
    return found.data


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_everything_that_is_printed_and_written(case: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(case, folder.parent)
    code = cli.main(["import", case.name])
    printed = capsys.readouterr()
    files = "".join(f"--- dag_configs/{name}\n{text}" for name, text in written(folder).items())
    assert_golden(f"import/{case.stem}.txt", f"{printed.out}{printed.err}exit {code}\n{files}")
    assert (folder / "defaults.yaml").read_bytes() == (REPOSITORY / "dag_configs" / "defaults.yaml").read_bytes()


def test_every_golden_file_has_its_case() -> None:
    assert {path.stem for path in (GOLDEN / "import").glob("*.txt")} == {path.stem for path in CASES}


@pytest.mark.parametrize("name", SUMMARIES)
def test_summaries_come_back_as_they_are(name: str, folder: Path) -> None:
    assert cli.main(["import", str(REPOSITORY / "tests" / "cases" / "import" / f"{name}.py")]) == OK
    data = data_of(REPOSITORY / "dag_configs" / f"{name}.yaml")
    # What a Python dict could not say.
    assert data_of(folder / f"{name}.yaml") == {key: data[key] for key in data if key not in ("columns", "tests")}


def test_all_files_at_once_lint_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [str(REPOSITORY / "tests" / "cases" / "import" / f"{name}.py") for name in SUMMARIES]
    assert cli.main(["import", *cases]) == OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [f"Wrote dag_configs/{name}.yaml." for name in SUMMARIES]
    assert lines[-1] == "Read the new files, then open a pull request."
    assert cli.main(["lint", str(folder), "--format", "concise"]) == OK
    assert capsys.readouterr().out.splitlines() == lines[3:-1]


DICT = "{'table': 'a', 'schema': 'analytics', 'main_sql': 'SELECT 1 AS one'}"


def test_existing_file_stays_without_force(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "a.py").write_text(DICT)
    (folder / "a.yaml").write_text("mine")
    assert cli.main(["import", "a.py"]) == PROBLEMS
    assert capsys.readouterr().out == (
        "dag_configs/a.yaml: error[import] the file exists and was left as it is; "
        "fix: delete it first, or say --force\n"
        "Mend what stands above, then run `summary-tables lint`.\n"
    )
    assert written(folder) == {"a.yaml": "mine"}
    assert cli.main(["import", "--force", "a.py"]) == OK
    assert list(written(folder)) == ["a.yaml"]
    assert data_of(folder / "a.yaml") == {"table": "a", "schema": "analytics", "main_sql": "SELECT 1 AS one\n"}


def test_stdout_writes_nothing_and_speaks_on_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = DICT.replace("'a'", "'b'")
    (folder.parent / "two.py").write_text(f"[{DICT}, {other}, {{'table': x}}]")
    (folder / "a.yaml").write_text("mine")
    assert cli.main(["import", "--stdout", "two.py"]) == PROBLEMS
    printed = capsys.readouterr()
    head = "# yaml-language-server: $schema=../schemas/summary_table.schema.json\n"
    config = f"{head}table: {{}}\nschema: analytics\n\nmain_sql: |\n  SELECT 1 AS one\n"
    left_behind = f"{head}# Not carried over (two.py, line 1):\n# 'table': x\n"
    assert printed.out == f"{config.format('a')}---\n{config.format('b')}---\n{left_behind}"
    assert printed.err.startswith("two.py:1:")
    assert written(folder) == {"a.yaml": "mine"}


def test_folder_can_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "a.py").write_text(DICT)
    other = folder.parent / "other"
    other.mkdir()
    assert cli.main(["import", "--folder", "other", "a.py"]) == OK
    assert capsys.readouterr().out.startswith("Wrote other/a.yaml.\n")
    assert list(written(other)) == ["a.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.py"], "none.py is not a file"),
        (["dag_configs"], "dag_configs is a folder without dbt_project.yml"),
        (["a.py", "--folder", "nowhere"], "nowhere is not a folder"),
    ],
)
def test_wrong_arguments(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    (folder.parent / "a.py").write_text(DICT)
    assert cli.main(["import", *arguments]) == USAGE
    assert capsys.readouterr() == ("", f"summary-tables: {said}\n")


def test_yaml_needs_no_import(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("orders.yaml").write_text("table: orders\n")
    assert cli.main(["import", "orders.yaml"]) == PROBLEMS
    assert written(folder) == {}
    assert capsys.readouterr().out.splitlines()[0] == (
        "orders.yaml: error[import] the file is YAML already; "
        "fix: put it into dag_configs/ as it is, then run `summary-tables lint`"
    )


def test_redshift_keeps_its_layout(folder: Path) -> None:
    (folder / "defaults.yaml").write_text("warehouse: {dialect: redshift}\n")
    (folder.parent / "a.py").write_text(f"{DICT[:-1]}, 'attributes': 'DISTKEY(one) SORTKEY(one)', 'diststyle': 'KEY'}}")
    assert cli.main(["import", "a.py"]) == OK
    assert data_of(folder / "a.yaml") == {
        "table": "a",
        "schema": "analytics",
        "attributes": {"distkey": "one", "sortkey": ["one"], "diststyle": "key"},
        "main_sql": "SELECT 1 AS one\n",
    }


def test_nothing_is_executed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark = folder.parent / "executed"
    (folder.parent / "a.py").write_text(f"open({str(mark)!r}, 'w')\n{DICT[:-1]}, 'owner': open({str(mark)!r}, 'w')}}")
    assert cli.main(["import", "a.py"]) == PROBLEMS
    assert "`owner` is computed (`open(" in capsys.readouterr().out
    assert not mark.exists()


def test_import_needs_no_airflow(folder: Path) -> None:
    (folder.parent / "a.py").write_text(DICT)
    code = (
        "import sys; from summary_tables.cli import main; main(['import', '--stdout', 'a.py']); "
        "print({'airflow', 'psycopg'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")
