"""Words and numbers that older tools read in another way."""

from pathlib import Path

import pytest

from summary_tables.lint.fix import fixed_files
from summary_tables.lint.rule_selection import RuleSelection
from summary_tables.lint.rules import ambiguous_value
from tests.lint.rules.one_rule import config, said

CHECK = "input_check:\n  - sql: SELECT COUNT(1) FROM raw_data.nps\n    count: {count}\n"


@pytest.mark.parametrize(
    "more",
    [
        'owner: "no"', "tags: [nope, only, y2026, north]", "tags: ['1:30', v1_000]", "description: no users",
        "description: 1:30 is half past", CHECK.format(count="1.5"), CHECK.format(count="0"),
        CHECK.format(count="0.125"), CHECK.format(count="1234.500"), "retry_delay_minutes: 2.50",
        "schedule: 0 3 * * *",
    ],
)  # fmt: skip
def test_values_that_all_read_alike(more: str, tmp_path: Path) -> None:
    assert said(ambiguous_value.RULE, tmp_path, config("SELECT 1 AS one", f"{more}\n")) == []


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("no", "false"), ("NO", "false"), ("off", "false"), ("n", "false"), ("yes", "true"), ("On", "true"),
        ("y", "true"), ("1:30", "a number of seconds"), ("12:30:45", "a number of seconds"), ("0x1F", "a number"),
        ("0b11", "a number"), ("0o17", "a number"), ("1_000", "a number"), ("2026-01-31", "a date"),
        (".inf", "a number"), ("-.INF", "a number"), (".nan", "a number"),
    ],
)  # fmt: skip
def test_texts(written: str, other: str, tmp_path: Path) -> None:
    more = f"tags:\n  - {written}\n"
    assert said(ambiguous_value.RULE, tmp_path, config("SELECT 1 AS one", more)) == [
        f"6:5+{len(written)} warning: `{written}` without quotes is a text here, and {other} to older YAML tools; "
        f'fix: write "{written}"'
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("012", "`012` is 12 here, and another number to older YAML tools; fix: write 12"),
        ("1e3", "`1e3` is 1000 here, and a text to older YAML tools; fix: write 1000"),
        ("1.000", "`1.000` is 1 here: the dot is a decimal point; fix: write 1000 for thousands, or 1"),
        ("150.250", "`150.250` is 150.25 here: the dot is a decimal point; fix: write 150250 for thousands, or 150.25"),
    ],
)
def test_numbers(written: str, message: str, tmp_path: Path) -> None:
    text = config("SELECT 1 AS one", CHECK.format(count=written))
    assert said(ambiguous_value.RULE, tmp_path, text) == [f"7:12+{len(written)} warning: {message}"]


def test_values_of_a_column_keep_their_spelling(tmp_path: Path) -> None:
    """To a column of texts `01234` is another value than `1234`: only a person knows which was meant."""
    more = (
        "output_check:\n  - accepted_values: {column: zip, values: [01234, 1e3, 1.10, 1.000]}\n"
        "  - range: {column: zip, min: 01}\n"
        "tests:\n  - name: zips\n    expect: [{zip: 00501}]\n"
    )
    kept = "stays as it is written here, and is another value to older YAML tools; fix: write"
    found = said(ambiguous_value.RULE, tmp_path, config("SELECT zip FROM raw_data.a", more))
    assert found == [
        f'6:45+5 warning: `01234` {kept} "01234" for a text, 1234 for a number',
        f'6:52+3 warning: `1e3` {kept} "1e3" for a text, 1000 for a number',
        f'7:31+2 warning: `01` {kept} "01" for a text, 1 for a number',
        f'10:20+5 warning: `00501` {kept} "00501" for a text, 501 for a number',
    ]
    assert fixed_files([tmp_path / "dag_configs"], RuleSelection(select=frozenset({"ambiguous-value"}))) == ()
