"""Paths that cannot be linted are said in plain words."""

from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE

GOOD = "table: good\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person stands in it; its configs are in `dag_configs/`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "dag_configs").mkdir()
    (tmp_path / "dag_configs" / "good.yaml").write_text(GOOD)
    (tmp_path / "README.md").write_text("")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "gone.yaml").symlink_to("nowhere.yaml")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere", "nowhere does not exist"),
        ("good", "good does not exist; the file of that table is dag_configs/good.yaml"),
        ("dag_configs/god.yaml", "dag_configs/god.yaml does not exist; the nearest name there is good.yaml"),
        ("nowhere/good.yaml", "nowhere/good.yaml does not exist"),
        ("README.md", "README.md is not a config: the name of a config ends in .yaml"),
        ("README.md/x.yaml", "README.md/x.yaml cannot be read: not a directory"),
        ("empty", "no config files in empty/"),
        ("loop.yaml", "loop.yaml is a link that leads to no file"),
        ("gone.yaml", "gone.yaml is a link that leads to no file"),
        ("x" * 300 + ".yaml", "x" * 300 + ".yaml cannot be read: file name too long"),
        ("/dev/null", "/dev/null is neither a file nor a folder"),
    ],
)
def test_path_that_cannot_be_linted(path: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", "dag_configs", path] if path != "empty" else ["lint", path]) == USAGE
    assert capsys.readouterr() == ("", f"summary-tables: {said}\n")


def test_link_to_a_config_is_a_config(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "gone.yaml").unlink()
    (folder / "loop.yaml").unlink()
    (folder / "good.yaml").symlink_to("dag_configs/good.yaml")
    assert cli.main(["lint", "good.yaml"]) == OK
    assert capsys.readouterr().err == "1 file is fine.\n"


@pytest.mark.parametrize("name", ["folder.yaml", "loop.yaml", "unreadable.yaml"])
def test_what_only_looks_like_a_config_does_not_stop_the_others(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "dag_configs" / name
    if name == "folder.yaml":
        path.mkdir()
    else:
        # Even root cannot read the start of this file: nothing is mapped there.
        path.symlink_to(path if name == "loop.yaml" else "/proc/self/mem")
    assert cli.main(["lint", "--format", "concise"]) == PROBLEMS
    out, said = capsys.readouterr()
    assert out.startswith(f"dag_configs/{name}: error[file] the file cannot be opened")
    assert len(out.splitlines()) == 1
    assert said == "1 error in 1 of 2 files of dag_configs/.\n"
