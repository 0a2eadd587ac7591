"""Times that are written in another way than a file takes."""

from pathlib import Path

import pytest

from summary_tables.configs.schema.time_values import span_meant, time_meant
from summary_tables.lint.engine import lint


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("6:00", "06:00"),
        ("6", "06:00"),
        (6, "06:00"),
        ("6am", "06:00"),
        ("6 PM", "18:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("18h30", "18:30"),
        ("06:00:00", "06:00"),
        ("06:00 KST", ""),
        ("25:00", ""),
        ("6:75", ""),
        ("13pm", ""),
        (True, ""),
        ("daily", ""),
    ],
)
def test_times_of_day(value: object, meant: str) -> None:
    assert time_meant(value) == meant


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("26 hours", "26h"),
        ("26H", "26h"),
        ("1d 2h", "26h"),
        ("1 day, 2 hours", "26h"),
        ("P1DT2H", "26h"),
        ("1.5h", "90m"),
        ("48h", "2d"),
        ("1 week", "7d"),
        ("30s", ""),
        ("26", ""),
        ("0h", ""),
        ("soon", ""),
        (26, ""),
    ],
)
def test_lengths_of_time(value: object, meant: str) -> None:
    assert span_meant(value) == meant


@pytest.mark.parametrize(
    ("line", "words", "edit"),
    [
        (
            "fresh_by: 6am",
            '`fresh_by` is "6am"; it must be a time of day in quotes, such as "09:00"; fix: write "06:00"',
            '"06:00"',
        ),
        (
            "fresh_by: 6",
            '`fresh_by` must be a time of day in quotes, such as "09:00", not the number 6; fix: write "06:00"',
            '"06:00"',
        ),
        (
            "fresh_by: 06:00 KST",
            '`fresh_by` is "06:00 KST"; it must be a time of day in quotes, such as "09:00"; fix: ',
            None,
        ),
        (
            "fresh_within: 26 hours",
            '`fresh_within` is "26 hours"; it must be a number of minutes, hours or days such as 90m, 26h or 8d; '
            "fix: write 26h",
            "26h",
        ),
        (
            "fresh_within: 26",
            "`fresh_within` must be a number of minutes, hours or days such as 90m, 26h or 8d, not the number 26; "
            "fix: write 26h, if hours are meant",
            None,
        ),
    ],
)
def test_what_is_said_of_them(tmp_path: Path, line: str, words: str, edit: str | None) -> None:
    (tmp_path / "t.yaml").write_text(f'table: t\nschema: s\nmain_sql: SELECT 1 AS one\nschedule: "0 3 * * *"\n{line}\n')
    (found,) = (problem for problem in lint([tmp_path]).problems if problem.rule == "value")
    assert f"{found.message}; fix: {found.fix}" == words
    assert (found.edit.text if found.edit else None) == edit
