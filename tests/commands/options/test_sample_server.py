"""Why there may be no sample data."""

from pathlib import Path

import pytest

from summary_tables.commands.options.sample_server import SampleData
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble


def test_outside_of_a_checkout(tmp_path: Path) -> None:
    with pytest.raises(WarehouseTrouble) as refused:
        SampleData(print, tmp_path)
    assert str(refused.value) == (
        "there is no sample data here: it comes with a checkout of the repository only; "
        "name another warehouse: --warehouse ADDRESS"
    )


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (
            "import no_such_package",
            "the sample data needs the packages of the demo: run `uv sync --group demo`, "
            "or name another warehouse: --warehouse ADDRESS",
        ),
        (
            "raise OSError('the disk is full')",
            "the warehouse with the sample data does not start: OSError: the disk is full",
        ),
    ],
)
def test_that_cannot_start(program: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "__init__.py").touch()
    (tmp_path / "demo" / "sample_warehouse.py").write_text(program)
    data = SampleData(print, tmp_path)
    with pytest.raises(WarehouseTrouble) as refused:
        data.address()
    data.close()
    assert str(refused.value) == words


def test_what_takes_long_is_said(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "__init__.py").touch()
    (tmp_path / "demo" / "sample_warehouse.py").write_text(
        "import sys\nprint('# Loading ...')\nprint('postgresql://x', flush=True)\nsys.stdin.read()"
    )
    said: list[str] = []
    data = SampleData(said.append, tmp_path)
    assert (data.address(), data.address()) == ("postgresql://x", "postgresql://x")
    assert said == ["Loading ..."]
    data.close()
