"""Lint as a function: which files are looked at, in which order, and what else checks them."""

from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.engine import lint
from summary_tables.lint.rule_selection import RuleSelection
from summary_tables.model.problem import Finding, Place, Problem

GOOD = "table: {}\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    for name in ("a", "b"):
        (found / f"{name}.yaml").write_text(GOOD.format(name))
    return found


def extra_check(file: TableFile, _: ConfigFolder, known: tuple[Problem, ...]) -> tuple[Problem, ...]:
    message = f"{file.full_name} after {len(known)} others"
    return (Problem.of(Finding(place=Place(3, 1), rule="warehouse-table", message=message), file.path),)


def test_extra_check_is_asked_for_each_file_that_was_named(folder: Path) -> None:
    (folder / "a.yaml").write_text(GOOD.format("a").replace("one", "one;"))
    said = [str(problem) for problem in lint([folder], extra_check=extra_check).problems]
    assert said == [
        "dag_configs/a.yaml:3:1: error[warehouse-table] analytics.a after 1 others",
        "dag_configs/a.yaml:3:26: info[trailing-semicolon] the `;` at the end of the query does nothing; "
        "fix: delete it",
        "dag_configs/b.yaml:3:1: error[warehouse-table] analytics.b after 0 others",
    ]
    assert [problem.file for problem in lint([folder / "b.yaml"], extra_check=extra_check).problems] == [
        "dag_configs/b.yaml"
    ]


def test_what_the_warehouse_says_for_certain_is_not_supposed_as_well(folder: Path) -> None:
    (folder / "a.yaml").write_text(GOOD.format("a").replace("1 AS", "IFNULL(1, 2) AS"))
    (supposed,) = lint([folder]).problems
    assert supposed.rule == "foreign-function"

    def certain(file: TableFile, *_: object) -> tuple[Problem, ...]:
        said = replace(supposed, rule="warehouse-function", level="error", message="there is none")
        return (said,) if file.path == supposed.path else ()

    assert [problem.rule for problem in lint([folder], extra_check=certain).problems] == ["warehouse-function"]
    elsewhere = replace(supposed, rule="warehouse-function", place=Place(3, 1))
    problems = lint([folder / "a.yaml"], extra_check=lambda *_: (elsewhere,)).problems
    assert [problem.rule for problem in problems] == ["warehouse-function", "foreign-function"]


def test_what_the_extra_check_says_can_be_ignored(folder: Path) -> None:
    comment = "# lint: ignore[warehouse-table] it is made by another team\n"
    (folder / "a.yaml").write_text(comment + GOOD.format("a"))
    assert [problem.file for problem in lint([folder], extra_check=extra_check).problems] == ["dag_configs/b.yaml"]
    assert lint([folder]).problems == ()
    assert [problem.rule for problem in lint([folder / "a.yaml"], extra_check=lambda *_: ()).problems] == [
        "lint-comment"
    ]


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


def test_of_one_file_only_the_first_problems_are_said(folder: Path) -> None:
    (folder / "a.yaml").write_text(GOOD.format("a") + "".join(f"k{i:03}: 1\n" for i in range(150)))
    (folder / "b.yaml").write_text(GOOD.format("b").replace("one", "one;"))
    *first, more, other = map(str, lint([folder]).problems)
    assert [problem.partition(": ")[0] for problem in first] == [f"dag_configs/a.yaml:{i + 4}:1" for i in range(100)]
    assert more == (
        "dag_configs/a.yaml: error[file] the file has more problems than the 100 that are said here; "
        "fix: mend these first"
    )
    assert other.startswith("dag_configs/b.yaml:3:26: info[trailing-semicolon]")


def test_that_there_is_more_is_as_bad_as_the_worst_of_it(folder: Path) -> None:
    query = ", ".join("price – 1" for _ in range(150))  # noqa: RUF001 - the dash that is no minus
    (folder / "a.yaml").write_text(GOOD.format("a").replace("1 AS one", query))
    problems = lint([folder / "a.yaml"], RuleSelection(select=frozenset({"long-dash"}))).problems
    assert [problem.level for problem in problems] == ["error"] * 101
    (folder / "a.yaml").write_text(GOOD.format("a") + "# lint: ignore[select-star] why\n" * 150)
    problems = lint([folder / "a.yaml"]).problems
    assert [problem.level for problem in problems] == ["warning"] * 101


@pytest.mark.parametrize(
    "text",
    [
        GOOD.format("a").replace("1 AS one", "{tabel} " * 40_000),
        GOOD.format("a").replace("1 AS one", "“a” " * 40_000),
        GOOD.format("a").replace("1 AS one", "a — " * 40_000),
        GOOD.format("a") + "".join(f"k{i}: 1\n" for i in range(20_000)),
        GOOD.format("a") + "".join(f"k{i}: &a{i} 1\n" for i in range(20_000)),
        GOOD.format("a") + "".join(f"# lint: ignore[select-sta{i}] why\n" for i in range(20_000)),
        GOOD.format("a") + f"# lint: ignore[{','.join(f'select-sta{i}' for i in range(20_000))}] why\n",
        GOOD.format("a") + f"schedule: {{after: [{', '.join(f'analytics.x{i}' for i in range(10_000))}]}}\n",
    ],
    ids=["placeholders", "quotes", "dashes", "keys", "anchors", "comments", "one comment", "after"],
)
def test_file_full_of_mistakes_is_judged_in_time(folder: Path, text: str) -> None:
    (folder / "a.yaml").write_text(text)
    start = process_time()
    assert len(lint([folder / "a.yaml"]).problems) == 101
    assert process_time() - start < 10


CIRCLE = GOOD + "schedule: {{after: [analytics.{}]}}\n"


@pytest.mark.parametrize(("named", "said_in"), [("a", "a"), ("b", "b"), ("bc", "b"), ("abc", "a")])
def test_circle_is_said_once_in_the_first_file_that_was_named(folder: Path, named: str, said_in: str) -> None:
    for name, after in ("ab", "bc", "ca"):
        (folder / f"{name}.yaml").write_text(CIRCLE.format(name, after))
    (problem,) = lint([folder / f"{name}.yaml" for name in named]).problems
    assert (problem.file, problem.rule) == (f"dag_configs/{said_in}.yaml", "after-cycle")
