"""`lint` where sources are known: with a server of our own, without one, and where it cannot start."""

import functools
import shutil
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.lint import known_sources_option
from summary_tables.commands.options.sample_server import SampleData
from summary_tables.lint.known_sources.engine import KnownSourcesCheck
from tests.lint.known_sources.sql_cases import write_folder

_WITHOUT = "so queries were checked for their columns, and not for types, functions and GROUP BY"
_COLUMN = (
    "dag_configs/daily.yaml:4:10: error[warehouse-column] `shop.orders` has no column `custmer_id`; "
    "fix: write `customer_id`\n"
)
_ROUND = (
    "dag_configs/rounded.yaml:4:10: error[warehouse-function] `ROUND` does not take (double precision, integer); "
    "it takes (numeric, integer); fix: write `ROUND(CAST(AVG(weight) AS numeric), 2)`\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two wrong queries: one has a wrong name, the other a wrong type."""
    wrong = {
        "daily": "SELECT custmer_id FROM shop.orders",
        "rounded": "SELECT ROUND(AVG(weight), 2) AS mean FROM shop.orders",
    }
    monkeypatch.chdir(tmp_path)
    return write_folder(tmp_path, wrong).path


def _lint(*arguments: str) -> int:
    return cli.main(["lint", "--format", "concise", "--select", "warehouse-column,warehouse-function", *arguments])


def test_queries_are_described_on_a_server_of_our_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _lint(str(folder)) == PROBLEMS
    printed = capsys.readouterr()
    assert printed.out == _COLUMN + _ROUND
    assert printed.err == "2 errors in 2 of 4 files of dag_configs/.\n"


@pytest.mark.parametrize("arguments", [["--no-server"], ["--no-server", "dag_configs/daily.yaml"]])
def test_without_a_server_columns_are_found(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert _lint(*arguments) == PROBLEMS
    printed = capsys.readouterr()
    assert printed.out == _COLUMN
    assert printed.err.startswith("1 error in 1 of ")


def test_where_no_sources_are_known_nothing_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(folder / "sources")
    with known_sources_option.known_sources_check([folder], with_server=True) as check:
        assert check is None
    assert _lint(str(folder)) == OK
    assert capsys.readouterr().err == "3 files are fine.\n"


def test_only_files_of_sources_start_no_server(folder: Path) -> None:
    with known_sources_option.known_sources_check([folder / "sources" / "shop.yaml"], with_server=True) as check:
        assert check is None


def test_where_there_is_no_postgres_that_is_said_once(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_sources_option, "find_spec", lambda _: None)
    assert _lint(str(folder)) == PROBLEMS
    printed = capsys.readouterr()
    assert printed.out == _COLUMN
    assert printed.err == (
        f'There is no PostgreSQL here, {_WITHOUT}: pip install "summary-tables[postgres]".\n'
        "1 error in 1 of 4 files of dag_configs/.\n"
    )


def test_server_that_cannot_start_is_said_once(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = folder.parent / "demo"
    demo.mkdir()
    (demo / "__init__.py").touch()
    (demo / "sample_warehouse.py").write_text("raise OSError('the disk is full')")
    made = functools.partial(SampleData, repository=folder.parent)
    monkeypatch.setattr(known_sources_option, "SampleData", made)
    assert _lint(str(folder)) == PROBLEMS
    printed = capsys.readouterr()
    assert printed.out == _COLUMN
    assert printed.err == (
        "The server for tests does not start: OSError: the disk is full. "
        f"{_WITHOUT[0].upper()}{_WITHOUT[1:]}.\n1 error in 1 of 4 files of dag_configs/.\n"
    )


def test_comment_for_what_only_a_warehouse_knows_is_not_called_useless(folder: Path) -> None:
    path = folder / "daily.yaml"
    path.write_text(
        "# lint: ignore[warehouse-rights] the role is new\n" + path.read_text().replace("custmer", "customer")
    )
    with known_sources_option.known_sources_check([folder], with_server=False) as check:
        assert isinstance(check, KnownSourcesCheck)
    assert cli.main(["lint", "--no-server", "--select", "lint-comment", str(folder)]) == OK
