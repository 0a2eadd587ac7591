"""The corpus of files: each invalid one says exactly what stands beside it, each valid one says nothing.

To accept new words: `UPDATE_GOLDEN=1 pytest tests/lint/test_lint_cases.py`, then read the diff.
"""

import os
import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.lint import rules
from summary_tables.lint.rule_index import READER_RULES, RULE_IDS
from summary_tables.lint.rules import RULES

CASES = Path(__file__).parents[1] / "cases" / "lint"
INVALID = sorted((CASES / "invalid").glob("*.yaml"))
NEIGHBOURS = sorted((Path(__file__).parents[2] / "dag_configs").glob("*_summary.yaml"))
VALID = sorted((CASES / "valid").glob("*.yaml"))
RULE_FILES = sorted(Path(rules.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_file_says_exactly_this(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = _lint(path, tmp_path)
    said = capsys.readouterr().out
    expected = path.with_suffix(".txt")
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")
    assert said
    assert code == (PROBLEMS if ": error[" in said else OK)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_file_says_nothing(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = _lint(path, tmp_path)
    assert (capsys.readouterr().out, code) == ("", OK)


def test_every_case_has_its_words_and_all_words_a_case() -> None:
    assert {path.stem for path in INVALID} == {path.stem for path in (CASES / "invalid").glob("*.txt")}
    assert all(
        path.with_suffix(".yaml").exists() for path in (*CASES.glob("*/*.defaults"), *CASES.glob("*/*.neighbour"))
    )
    assert len(INVALID) >= 90
    assert len(VALID) >= 25


# Those of the dry run need a warehouse; they are not among these.
@pytest.mark.parametrize("rule", [*READER_RULES, *(rule.id for rule in RULES)])
def test_every_rule_has_a_failing_case(rule: str) -> None:
    said = (path.read_text("utf-8") for path in (CASES / "invalid").glob("*.txt"))
    assert any(f"[{rule}] " in text for text in said)


@pytest.mark.parametrize(
    "path", [path for path in RULE_FILES if path.stem not in ("__init__", "rule")], ids=lambda path: path.stem
)
def test_every_rule_is_registered_and_has_a_manual_and_a_test(path: Path) -> None:
    module = import_module(f"summary_tables.lint.rules.{path.stem}")
    assert module.RULE in RULES
    assert module.RULE.id == path.stem.replace("_", "-")
    manual = module.RULE.manual
    assert re.search(r"^PASS:", manual, re.MULTILINE)
    assert re.search(r"^FAIL:", manual, re.MULTILINE)
    assert (Path(__file__).parent / "rules" / f"test_{path.stem}.py").is_file()


def test_no_rule_is_registered_twice() -> None:
    assert len(set(RULE_IDS)) == len(RULE_IDS)


def _lint(path: Path, tmp_path: Path) -> int:
    """Lints a copy in a folder of the real name, beside the three summaries, as users have it.

    A case that needs a `defaults.yaml` has it beside it as `<case>.defaults`, one that needs another table
    `analytics.neighbour` has its file as `<case>.neighbour`.
    """
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    for other in NEIGHBOURS:
        shutil.copy(other, folder)
    defaults = path.with_suffix(".defaults")
    if defaults.exists():
        shutil.copy(defaults, folder / "defaults.yaml")
    neighbour = path.with_suffix(".neighbour")
    if neighbour.exists():
        shutil.copy(neighbour, folder / "neighbour.yaml")
    copy = shutil.copy(path, folder / path.name)
    return cli.main(["lint", "--format", "text", "--color", "never", str(copy)])
