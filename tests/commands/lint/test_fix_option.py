"""`--fix` and `--diff` as people call them."""

import subprocess
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS
from tests.golden_files import assert_golden

BAD = "tabel: sales\nschema: analytics\nmain_sql: |\n  SELECT '순이익' AS one;\nretires: many\n"
FIXED = BAD.replace("tabel", "table").replace(";", "")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    found = tmp_path / "dag_configs"
    found.mkdir()
    (found / "sales.yaml").write_text(BAD, "utf-8")
    return found


def test_fix_shows_the_diff_and_what_is_left(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", "--fix"]) == PROBLEMS
    out, said = capsys.readouterr()
    assert_golden("fix/left.txt", out)
    assert said == "\nMended 1 file. 1 error in 1 of 1 file of dag_configs/.\n"
    assert (folder / "sales.yaml").read_text("utf-8") == BAD.replace("tabel", "table")


def test_fix_until_all_is_fine(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sales.yaml").write_text(BAD.replace("retires: many\n", ""), "utf-8")
    assert cli.main(["lint", "--fix"]) == OK
    out, said = capsys.readouterr()
    assert_golden("fix/all.txt", out)
    assert said == "Mended 1 file. 1 file is fine.\n"
    assert cli.main(["lint", "--fix"]) == OK
    assert capsys.readouterr() == ("", "1 file is fine.\n")


def test_diff_writes_nothing_and_can_be_applied(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sales.yaml").write_bytes(BAD.replace("retires: many\n", "").replace("\n", "\r\n").encode())
    before = (folder / "sales.yaml").read_bytes()
    assert cli.main(["lint", "--diff"]) == PROBLEMS
    out, said = capsys.readouterr()
    assert said == "--fix would change 1 file.\n"
    assert (folder / "sales.yaml").read_bytes() == before
    subprocess.run(["git", "apply", "-p0"], input=out.encode(), cwd=folder.parent, check=True)
    expected = FIXED.replace("retires: many\n", "").replace("\n", "\r\n").encode()
    assert (folder / "sales.yaml").read_bytes() == expected
    assert cli.main(["lint", "--diff"]) == OK
    assert capsys.readouterr() == ("", "--fix would change no files.\n")


def test_diff_in_colour(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert folder
    cli.main(["lint", "--diff", "--color", "always"])
    assert_golden("fix/diff_in_colour.txt", capsys.readouterr().out)


def test_diff_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "sales.yaml").write_text(
        "tabel: sales\nschema: analytics\nmain_sql: SELECT 1 AS one # \u202e\t|\n", "utf-8"
    )
    cli.main(["lint", "--diff"])
    assert "# <U+202E>\t|\n" in capsys.readouterr().out


def test_document_for_programs_stays_one(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert folder
    cli.main(["lint", "--fix", "--format", "json"])
    out, said = capsys.readouterr()
    assert out.startswith("{\n")
    assert "-tabel: sales\n+table: sales\n" in said


def test_fix_and_diff_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["lint", "--fix", "--diff"])
    assert end.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err
