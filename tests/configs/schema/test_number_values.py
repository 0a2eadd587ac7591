"""Texts that stand where a number belongs, in words."""

import pytest

from tests.configs.schema.findings import said

START = "table: t\nschema: s\nmain_sql: SELECT 1 AS one\noutput_check:\n  - "


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (
            "{sql: SELECT 1, count: '< 12'}",
            "x.yaml:5:28: error[value] `count` of `output_check` item 1 is only the number; how to compare with it is "
            "said by `op`; fix: write `count: 12` and `op: lt` below it",
        ),
        (
            "row_count: {min: '150,000'}",
            "x.yaml:5:22: error[value] `min` of `row_count` of `output_check` item 1 must be a number, not the text "
            '"150,000"; fix: write 150000 without quotes',
        ),
        (
            "null_share: {column: one, max: 5%}",
            "x.yaml:5:36: error[value] `max` of `null_share` of `output_check` item 1 must be a number, not the text "
            '"5%"; fix: write 0.05',
        ),
    ],
)
def test_the_number_that_was_meant(check: str, words: str) -> None:
    assert said(f"{START}{check}\n") == [words]
