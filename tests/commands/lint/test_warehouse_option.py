"""`--warehouse` and `--sample-warehouse`, up to the check that they give."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summary_tables.commands.lint import warehouse_option
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.folder import read_folder
from summary_tables.lint.dry_run.sample_warehouse import sample_warehouse
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model.checkout import REPOSITORY

_CONFIGS = REPOSITORY / "dag_configs"


def _arguments(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    warehouse_option.add_arguments(parser)
    return parser.parse_args(given)


def test_without_the_options_there_is_no_check() -> None:
    with warehouse_option.warehouse_check(_arguments()) as warehouse_check:
        assert warehouse_check is None
        assert warehouse_option.columns(warehouse_check, _arguments()) == ""


@pytest.mark.parametrize("option", ["--show-columns", "--allow-superuser"])
def test_option_that_needs_a_warehouse(option: str) -> None:
    with pytest.raises(UsageError) as refused, warehouse_option.warehouse_check(_arguments(option)):
        pass
    assert str(refused.value) == "--show-columns and --allow-superuser need --warehouse or --sample-warehouse"


def test_only_one_warehouse_can_be_asked() -> None:
    with pytest.raises(SystemExit):
        _arguments("--warehouse", "x", "--sample-warehouse")


def test_sample_warehouse_takes_the_three_tables_and_shows_their_columns(tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    shutil.copytree(_CONFIGS, folder)
    nps = folder / "nps_summary.yaml"
    nps.write_text(nps.read_text().replace("raw_data.nps\n  GROUP", "raw_data.npss\n  GROUP"))
    found = read_folder(folder)
    arguments = _arguments("--sample-warehouse", "--show-columns")
    with warehouse_option.warehouse_check(arguments) as warehouse_check:
        assert warehouse_check
        said = [str(problem) for file in found.files for problem in warehouse_check(file, found, ())]
        shown = warehouse_option.columns(warehouse_check, arguments)
    assert said == [
        "dag_configs/nps_summary.yaml:21:8: error[warehouse-table] the warehouse has no table `raw_data.npss`; "
        "fix: write `raw_data.nps`"
    ]
    assert shown == (
        "dag_configs/channel_summary.yaml\n  userid  integer\n  first_channel  varchar\n"
        "  last_channel  varchar\ndag_configs/mau_summary.yaml\n  month  text\n  mau  bigint\n"
    )


def test_sample_warehouse_ends_with_lint_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with sample_warehouse() as address:
        assert address.startswith("postgresql://builder:")
        assert [path.name[:15] for path in tmp_path.iterdir()] == ["summary_tables_"]
    assert list(tmp_path.iterdir()) == []


def test_sample_warehouse_ends_also_when_lint_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, signal\nfrom summary_tables.lint.dry_run.sample_warehouse import sample_warehouse\n"
        "with sample_warehouse():\n    os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    end = time.monotonic() + 300
    while list(tmp_path.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert list(tmp_path.iterdir()) == []


def test_no_sample_warehouse_outside_of_a_checkout(tmp_path: Path) -> None:
    with pytest.raises(WarehouseTrouble) as refused, sample_warehouse(tmp_path):
        pass
    assert str(refused.value) == "there is no sample warehouse here: it comes with a checkout of the repository only"


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import no_such_package", "the sample warehouse needs the packages of the demo: run `uv sync --group demo`"),
        ("raise OSError('the disk is full')", "the sample warehouse does not start: OSError: the disk is full"),
    ],
)
def test_sample_warehouse_that_cannot_start(program: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "__init__.py").touch()
    (tmp_path / "demo" / "sample_warehouse.py").write_text(program)
    with pytest.raises(WarehouseTrouble) as refused, sample_warehouse(tmp_path):
        pass
    assert str(refused.value) == words


def test_lint_needs_no_driver(tmp_path: Path) -> None:
    """Where psycopg is not installed, `--warehouse` says so, and nothing else of lint needs it."""
    (tmp_path / "psycopg.py").write_text("raise ImportError('not installed')")
    program = (
        "import argparse\nfrom summary_tables.commands.lint import warehouse_option as option\n"
        "from summary_tables.commands.usage_error import UsageError\n"
        "parser = argparse.ArgumentParser()\noption.add_arguments(parser)\n"
        "try:\n    with option.warehouse_check(parser.parse_args(['--warehouse', 'postgresql://x'])): pass\n"
        "except UsageError as trouble:\n    print(trouble)"
    )
    path = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        'the PostgreSQL driver is missing, which --warehouse needs: pip install "summary-tables[warehouse]"\n'
    )
