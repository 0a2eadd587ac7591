"""Which `dag_configs/` a command means where nobody names one."""

from pathlib import Path

import pytest

from summary_tables.commands.options.folder_option import configs_here
from summary_tables.configs import config


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A git repository with configs and a folder deep inside of it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "dag_configs").mkdir()
    (tmp_path / "sql" / "growth").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("place", "found"), [(".", "dag_configs"), ("sql/growth", "../../dag_configs"), ("dag_configs", ".")]
)
def test_nearest_of_the_repository(place: str, found: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / place)
    assert configs_here() == Path(found)


def test_no_other_repositorys(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "sql" / ".git").touch()
    monkeypatch.chdir(root / "sql" / "growth")
    assert configs_here() == config.FOLDER
