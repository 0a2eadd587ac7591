"""Patterns that the warehouse cannot read; `tests/warehouse/postgres` asks PostgreSQL about the same ones."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import unreadable_pattern
from tests.lint.rules.one_rule import config, said
from tests.lint.rules.patterns import READABLE, UNREADABLE


def text(pattern: str) -> str:
    quoted = pattern.replace("'", "''")
    return config("SELECT code FROM raw_data.t", f"output_check:\n  - matches: {{column: code, pattern: '{quoted}'}}\n")


@pytest.mark.parametrize("pattern", [pattern for pattern in READABLE if pattern])
def test_pattern_that_can_be_read(pattern: str, tmp_path: Path) -> None:
    assert said(unreadable_pattern.RULE, tmp_path, text(pattern)) == []


@pytest.mark.parametrize("pattern", UNREADABLE)
def test_pattern_that_cannot_be_read_and_where(pattern: str, tmp_path: Path) -> None:
    (place, words) = UNREADABLE[pattern]
    sign, length = place.split(":")
    assert said(unreadable_pattern.RULE, tmp_path, text(pattern)) == [
        f"6:{38 + int(sign)}+{length} error: the warehouse cannot read this pattern: {words}"
    ]


@pytest.mark.parametrize("pattern", ["x{99999999999999999999}", "(" * 5000 + ")" * 5000])
def test_pattern_beyond_all_measure_is_left_to_the_warehouse(pattern: str, tmp_path: Path) -> None:
    assert said(unreadable_pattern.RULE, tmp_path, text(pattern)) == []
