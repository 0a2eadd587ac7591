"""`# lint: ignore[rule] reason`: what it silences, where it holds, and what is wrong with it."""

from pathlib import Path

import pytest

from summary_tables.lint.engine import lint

RULES = ("trailing-semicolon", "lint-comment", "select-only")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    return found


def said(folder: Path, text: str) -> list[str]:
    """Problems of rules that the tests know, without those of others."""
    (folder / "sales.yaml").write_text(text, "utf-8")
    return [str(problem) for problem in lint([folder]).problems if problem.rule in (*RULES, "unknown-key")]


def sales(*, above: str = "", sql: str = "SELECT 1 AS one;", behind: str = "", below: str = "") -> str:
    return f"table: sales\nschema: analytics\n{above}main_sql: |\n  {sql}{behind}\n{below}"


SEMICOLON = (
    "dag_configs/sales.yaml:{}: info[trailing-semicolon] the `;` at the end of the query does nothing; fix: delete it"
)


@pytest.mark.parametrize(
    "text",
    [
        sales(above="# lint: ignore[trailing-semicolon] a habit\n"),
        sales(above="  #lint:ignore[ trailing-semicolon ]  습관 🙂\n"),
        sales(below="# lint: ignore[trailing-semicolon] a habit\n"),
        sales(below="# lint: ignore[trailing-semicolon] no line end behind this"),
        sales(behind=" -- lint: ignore[trailing-semicolon] a habit"),
        sales(behind="\n  -- lint: ignore[trailing-semicolon] a habit"),
        "table: sales\nschema: analytics\nmain_sql: SELECT 1 AS one;  # lint: ignore[trailing-semicolon] a habit\n",
        "# lint: ignore[trailing-semicolon] a habit\r\ntable: sales\r\nschema: a\r\nmain_sql: SELECT 1 AS one;\r\n",
    ],
)
def test_comment_silences_its_rule(folder: Path, text: str) -> None:
    assert said(folder, text) == []


def test_without_a_comment_it_speaks(folder: Path) -> None:
    assert said(folder, sales()) == [SEMICOLON.format("4:18")]


def test_comment_at_the_end_of_a_line_holds_for_that_line_only(folder: Path) -> None:
    text = sales(
        behind=" -- lint: ignore[trailing-semicolon] here",
        below="input_check:\n  - sql: SELECT COUNT(1) FROM raw_data.x;\n    count: 1\n",
    )
    assert said(folder, text) == [SEMICOLON.format("6:41")]


def test_comment_on_its_own_line_holds_for_the_whole_file(folder: Path) -> None:
    text = sales(
        behind="\n  -- lint: ignore[trailing-semicolon] everywhere",
        below="input_check:\n  - sql: SELECT COUNT(1) FROM raw_data.x;\n    count: 1\n",
    )
    assert said(folder, text) == []


def test_one_comment_names_several_rules(folder: Path) -> None:
    comment = "# lint: ignore[trailing-semicolon, select-star] both\n"
    assert said(folder, sales(above=comment, sql="SELECT * FROM raw_data.x;")) == []


@pytest.mark.parametrize(
    "text",
    [
        'table: sales\nschema: analytics\ndescription: "x # lint: ignore[trailing-semicolon] no"\n'
        "main_sql: SELECT 1 AS one;\n",
        "table: sales\nschema: analytics\ndescription: |\n  # lint: ignore[trailing-semicolon] no\n"
        "main_sql: SELECT 1 AS one;\n",
    ],
)
def test_what_stands_in_a_text_is_no_comment(folder: Path, text: str) -> None:
    assert len(said(folder, text)) == 1


IN_LINE_3 = "dag_configs/sales.yaml:3:1: "


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        (
            "# lint: ignore[trailing-semicolon]",
            "error[lint-comment] this comment does not say why `trailing-semicolon` is right here; "
            "fix: write it behind the bracket: `# lint: ignore[rule] reason`",
        ),
        (
            "# lint: ignore[trailing_semicolon, trailing-semicolon] a habit",
            "error[lint-comment] there is no rule `trailing_semicolon`; fix: write `trailing-semicolon`",
        ),
        (
            "# lint: ignore[trailing-semicolon, qqqq] a habit",
            "error[lint-comment] there is no rule `qqqq`; fix: copy the name from the brackets of the message",
        ),
        (
            "# lint: ignore[trailing-semicolon, select-only] a habit",
            "error[lint-comment] `select-only` cannot be ignored: a file that breaks it does not work; "
            "fix: mend what the rule finds and delete this comment",
        ),
        (
            "# lint: ignore[trailing-semicolon, null-comparison] a habit",
            "warning[lint-comment] nothing in this file breaks `null-comparison`, so this comment ignores nothing; "
            "fix: delete it",
        ),
    ],
)
def test_what_is_wrong_with_a_comment(folder: Path, comment: str, expected: str) -> None:
    assert said(folder, sales(above=f"{comment}\n")) == [IN_LINE_3 + expected]


@pytest.mark.parametrize(
    "comment", ["# lint: ignore", "# lint: ignore[] reason", "# lint: off", "# lint: ignore trailing-semicolon"]
)
def test_comment_that_names_no_rule(folder: Path, comment: str) -> None:
    assert said(folder, sales(above=f"{comment}\n")) == [
        f"{IN_LINE_3}error[lint-comment] this comment names no rule to ignore; "
        "fix: write `# lint: ignore[rule] reason`",
        SEMICOLON.format("5:18"),
    ]


def test_comment_that_ignores_nothing_in_its_line(folder: Path) -> None:
    text = sales(sql="SELECT 1 AS one", behind=" -- lint: ignore[trailing-semicolon] a habit")
    assert said(folder, text) == [
        "dag_configs/sales.yaml:4:19: warning[lint-comment] nothing in this line breaks `trailing-semicolon`, "
        "so this comment ignores nothing; fix: delete it"
    ]


def test_file_that_cannot_be_used_says_that_its_comment_is_in_vain(folder: Path) -> None:
    text = sales(above="# lint: ignore[unknown-key, select-star] mine\n", below="mykey: 1\n")
    assert [line.partition(";")[0] for line in said(folder, text)] == [
        f"{IN_LINE_3}error[lint-comment] `unknown-key` cannot be ignored: a file that breaks it does not work",
        "dag_configs/sales.yaml:6:1: error[unknown-key] `mykey` is not a key of this file",
    ]


def test_what_airflow_refuses_is_said_in_spite_of_a_comment(folder: Path) -> None:
    text = sales(above="# lint: ignore[select-only] mine\n", sql="DELETE FROM raw_data.nps")
    assert [line.partition(";")[0] for line in said(folder, text)] == [
        f"{IN_LINE_3}error[lint-comment] `select-only` cannot be ignored: a file that breaks it does not work",
        "dag_configs/sales.yaml:5:3: error[select-only] only a query is allowed here",
    ]


def test_comment_is_used_even_where_its_rule_is_not_selected(folder: Path) -> None:
    from summary_tables.lint.rule_selection import RuleSelection

    (folder / "sales.yaml").write_text(sales(above="# lint: ignore[trailing-semicolon] a habit\n"))
    selection = RuleSelection(ignore=frozenset({"trailing-semicolon"}))
    assert [problem for problem in lint([folder], selection).problems if problem.rule in RULES] == []
