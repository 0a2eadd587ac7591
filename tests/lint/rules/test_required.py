"""What a deployment asks of every file, as errors."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import required
from tests.lint.rules.one_rule import config, said

ASKS = "which `require` in defaults.yaml asks for"


def lacking(tmp_path: Path, wanted: str, more: str = "") -> list[str]:
    return said(required.RULE, tmp_path, config("SELECT 1 AS a", more), defaults=f"require: [{wanted}]\n")


def test_nothing_is_asked_for_where_nobody_says_so(tmp_path: Path) -> None:
    assert said(required.RULE, tmp_path, config("SELECT 1 AS a"), defaults="owner: data\n") == []
    assert lacking(tmp_path, "") == []


def test_description(tmp_path: Path) -> None:
    message = f"error: the table has no `description`, {ASKS}; fix:"
    assert lacking(tmp_path, "description") == [
        f"0:0+0 {message} add `description:` and a sentence on what the table holds"
    ]
    assert lacking(tmp_path, "description", "description: ' '\n") == [
        f"5:1+11 {message} write a sentence on what the table holds"
    ]
    assert lacking(tmp_path, "description", "description: 하루 NPS\n") == []


def test_owner_that_is_inherited_is_none(tmp_path: Path) -> None:
    assert lacking(tmp_path, "owner") == [
        f"0:0+0 error: the file names no `owner` of its own, {ASKS}; fix: add `owner:` and who answers for the table"
    ]
    assert lacking(tmp_path, "owner", "owner: data\n") == []


def test_column_descriptions(tmp_path: Path) -> None:
    assert lacking(tmp_path, "column_descriptions") == [
        "0:0+0 error: the file has no `columns`, of which `require` in defaults.yaml asks for a description each; "
        "fix: add `columns:` with name and description"
    ]
    fix = "fix: add `description:` there, on what the column means"
    some = "columns: [{name: a}, {name: b, description: B.}, {name: c}]\n"
    assert lacking(tmp_path, "column_descriptions", some) == [
        f"5:18+1 error: `a` and `c` have no description, {ASKS}; {fix}"
    ]
    many = "".join(f"  - name: c{number}\n" for number in range(7))
    assert lacking(tmp_path, "column_descriptions", f"columns:\n{many}") == [
        f"6:11+2 error: 7 columns have no description, {ASKS}; {fix}"
    ]
    assert lacking(tmp_path, "column_descriptions", "columns: [{name: a, description: A.}]\n") == []


@pytest.mark.parametrize(
    "check",
    [
        "row_count: {min: 1}",
        "row_count_change: {max_decrease_percent: 50}",
        "{sql: 'SELECT COUNT(1) FROM {schema}.temp_{table}', count: 1}",
        "{sql: 'SELECT count (*) AS n FROM {schema}.temp_{table} t WHERE t.a > 0', count: 1}",
    ],
)
def test_checks_that_look_at_the_number_of_rows(tmp_path: Path, check: str) -> None:
    assert lacking(tmp_path, "row_count", f"output_check:\n  - {check}\n") == []


@pytest.mark.parametrize("check", ["not_null: a", "{sql: 'SELECT COUNT(1) FROM raw_data.a', count: 1}"])
def test_checks_that_do_not(tmp_path: Path, check: str) -> None:
    message = f"error: no output check looks at how many rows were built, {ASKS}; fix: add"
    assert lacking(tmp_path, "row_count", f"output_check:\n  - {check}\n") == [
        f"5:1+12 {message} to `output_check`:\n  - row_count: {{min: 1}}"
    ]
    assert lacking(tmp_path, "row_count") == [f"0:0+0 {message}\noutput_check:\n  - row_count: {{min: 1}}"]


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("[]", "write in place of `output_check: []`\noutput_check:\n  - row_count: {min: 1}"),
        ("[{not_null: a}]", "add to `output_check`, in front of the last ]: `, {row_count: {min: 1}}`"),
    ],
)
def test_where_a_check_is_added_to_a_list_in_brackets(tmp_path: Path, written: str, fix: str) -> None:
    message = f"error: no output check looks at how many rows were built, {ASKS}; fix: {fix}"
    assert lacking(tmp_path, "row_count", f"output_check: {written}\n") == [f"5:1+12 {message}"]
