"""The corpus of files: each invalid one says exactly what stands beside it, each valid one says nothing.

To accept new words: `UPDATE_GOLDEN=1 pytest tests/test_lint_cases.py`, then read the diff.
"""

import os
import shutil
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS

CASES = Path(__file__).parent / "cases" / "lint"
INVALID = sorted((CASES / "invalid").glob("*.yaml"))
NEIGHBOURS = sorted((Path(__file__).parents[1] / "dag_configs").glob("*_summary.yaml"))
VALID = sorted((CASES / "valid").glob("*.yaml"))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_file_says_exactly_this(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _lint(path, tmp_path) == PROBLEMS
    said = capsys.readouterr().out
    expected = path.with_suffix(".txt")
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_file_says_nothing(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = _lint(path, tmp_path)
    assert (capsys.readouterr().out, code) == ("", OK)


def test_every_case_has_its_words_and_all_words_a_case() -> None:
    assert {path.stem for path in INVALID} == {path.stem for path in (CASES / "invalid").glob("*.txt")}
    assert len(INVALID) > 45
    assert len(VALID) > 5


def test_every_rule_has_a_case() -> None:
    said = "".join(path.read_text("utf-8") for path in (CASES / "invalid").glob("*.txt"))
    rules = ("file", "yaml", "shape", "value", "unknown-key", "missing-key", "duplicate-key", "file-name")
    assert [rule for rule in (*rules, "select-only", "layout", "hidden-sql") if f"error[{rule}]" not in said] == []


def _lint(path: Path, tmp_path: Path) -> int:
    """Lints a copy in a folder of the real name, beside the three summaries, as users have it."""
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    for other in NEIGHBOURS:
        shutil.copy(other, folder)
    copy = shutil.copy(path, folder / path.name)
    return cli.main(["lint", str(copy)])
