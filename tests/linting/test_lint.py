"""Lint as a function: which files are looked at, in which order, and who else may judge them."""

from pathlib import Path

import pytest

from summary_tables.config_folder import ConfigFolder
from summary_tables.linting.lint import lint
from summary_tables.linting.rule_selection import RuleSelection
from summary_tables.problem import Problem
from summary_tables.table_file import TableFile

GOOD = "table: {}\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    for name in ("a", "b"):
        (found / f"{name}.yaml").write_text(GOOD.format(name))
    return found


def judge(file: TableFile, _: ConfigFolder, known: tuple[Problem, ...]) -> tuple[Problem, ...]:
    message = f"{file.full_name} after {len(known)} others"
    return (Problem(file=file.document.file, line=3, column=1, rule="warehouse-table", message=message),)


def test_judge_is_asked_for_each_file_that_was_named(folder: Path) -> None:
    (folder / "a.yaml").write_text(GOOD.format("a").replace("one", "one;"))
    said = [str(problem) for problem in lint([folder], judge=judge).problems]
    assert said == [
        "dag_configs/a.yaml:3:1: error[warehouse-table] analytics.a after 1 others",
        "dag_configs/a.yaml:3:26: info[trailing-semicolon] the `;` at the end of the query does nothing; "
        "fix: delete it",
        "dag_configs/b.yaml:3:1: error[warehouse-table] analytics.b after 0 others",
    ]
    assert [problem.file for problem in lint([folder / "b.yaml"], judge=judge).problems] == ["dag_configs/b.yaml"]


def test_what_the_judge_says_can_be_ignored(folder: Path) -> None:
    comment = "# lint: ignore[warehouse-table] it is made by another team\n"
    (folder / "a.yaml").write_text(comment + GOOD.format("a"))
    assert [problem.file for problem in lint([folder], judge=judge).problems] == ["dag_configs/b.yaml"]
    assert lint([folder]).problems == ()
    assert [problem.rule for problem in lint([folder / "a.yaml"], judge=lambda *_: ()).problems] == ["lint-comment"]


def test_selection(folder: Path) -> None:
    (folder / "a.yaml").write_text("")
    (folder / "b.yaml").write_text(GOOD.format("b").replace("one", "one;"))
    assert [p.rule for p in lint([folder], RuleSelection(select=frozenset({"file"}))).problems] == ["file"]
    assert [p.rule for p in lint([folder], RuleSelection(ignore=frozenset({"file"}))).problems] == [
        "trailing-semicolon"
    ]


def test_text_is_kept_of_files_into_which_a_problem_points(folder: Path) -> None:
    (folder / "a.yaml").write_bytes("ownr: 진\n".encode("cp949"))
    (folder / "c.yaml").write_text("")
    (folder / "d.yaml").write_text("\ufefftable: 진\n", "utf-8")
    texts = {file.name: file.text for file in lint([folder]).files}
    assert set(texts) == {f"dag_configs/{name}.yaml" for name in "abcd"}
    assert (texts["dag_configs/b.yaml"], texts["dag_configs/c.yaml"]) == ("", "")
    assert texts["dag_configs/a.yaml"].startswith("ownr: �")
    assert texts["dag_configs/d.yaml"] == "table: 진\n"
