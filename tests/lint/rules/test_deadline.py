"""Deadlines that the schedule cannot keep."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import deadline
from tests.lint.rules.one_rule import config, said

QUERY = "SELECT 1 AS one"


@pytest.mark.parametrize(
    ("schedule", "by"),
    [
        ("0 3 * * *", "06:00"),
        ("0 3 * * 1-5", "06:00"),
        ("50 23 * * *", "06:00"),
        ("@hourly", "06:00"),
        ("@daily", "18:00"),
        ("0 3 1 * *", "06:00"),
    ],
)
def test_time_that_comes_after_the_build(schedule: str, by: str, tmp_path: Path) -> None:
    text = config(QUERY, f'schedule: "{schedule}"\nfresh_by: "{by}"\n')
    assert said(deadline.RULE, tmp_path, text) == []


@pytest.mark.parametrize(
    ("schedule", "words", "fix"),
    [
        ("0 8 * * *", "only at 08:00: one that does not come would be told 22 hours", "09:00"),
        ("30 6 * * 1", "only at 06:30: one that does not come would be told 23 hours", "07:30"),
        ("0 6 * * *", "at that very time: one that does not come would be told 24 hours", "07:00"),
    ],
)
def test_time_that_comes_before_the_build(schedule: str, words: str, fix: str, tmp_path: Path) -> None:
    text = config(QUERY, f'schedule: "{schedule}"\nfresh_by: "06:00"\n')
    assert said(deadline.RULE, tmp_path, text) == [
        f"6:11+7 warning: `fresh_by` is 06:00, and the build of the day is due {words} later, at 06:00 of the next "
        f'day; fix: write a later time, such as `fresh_by: "{fix}"`'
    ]
    assert said(deadline.RULE, tmp_path, text.replace('fresh_by: "06:00"', f'fresh_by: "{fix}"')) == []


def test_time_of_a_table_without_a_schedule(tmp_path: Path) -> None:
    words = (
        "`fresh_by` is asked after each time of a schedule, and this table has none: it is built {}; fix: write "
        "`fresh_within: 8d` or the like, which needs no schedule, or delete it"
    )
    by_hand = config(QUERY, 'schedule: none\nfresh_by: "06:00"\n')
    assert said(deadline.RULE, tmp_path, by_hand) == ["6:1+8 warning: " + words.format("when somebody starts it")]
    of_csv = by_hand.replace("main_sql: |\n", "").replace(f"  {QUERY}\n", "csv: {file: a.csv}\n")
    of_csv = 'table: a\nschema: analytics\ncsv: {file: a.csv}\ncolumns: [{name: x, type: text}]\nfresh_by: "06:00"\n'
    assert said(deadline.RULE, tmp_path, of_csv) == ["5:1+8 warning: " + words.format("when a.csv changes")]
    assert said(deadline.RULE, tmp_path, by_hand.replace('fresh_by: "06:00"', "fresh_within: 8d")) == []
    assert said(deadline.RULE, tmp_path, config(QUERY, "schedule: none\n"), defaults='fresh_by: "06:00"\n') == []


@pytest.mark.parametrize(
    ("schedule", "within", "longest", "fix"),
    [
        ("0 3 * * *", "1d", "24 hours", "26h"),
        ("0 3 * * 1-5", "26h", "3 days", "74h"),
        ("@weekly", "2d", "7 days", "170h"),
        ("0 8-18 * * *", "2h", "14 hours", "16h"),
    ],
)
def test_length_that_is_too_short(schedule: str, within: str, longest: str, fix: str, tmp_path: Path) -> None:
    text = config(QUERY, f'schedule: "{schedule}"\nfresh_within: {within}\n')
    assert said(deadline.RULE, tmp_path, text) == [
        f"6:15+{len(within)} warning: `fresh_within` is {within}, and between two builds of this schedule there are up "
        f"to {longest}; fix: write `fresh_within: {fix}`, or what leaves the build the time that it takes"
    ]
    assert said(deadline.RULE, tmp_path, text.replace(f"fresh_within: {within}", f"fresh_within: {fix}")) == []
    inherited = config(QUERY, f'schedule: "{schedule}"\n')
    assert said(deadline.RULE, tmp_path, inherited, defaults=f"fresh_within: {within}\n") == []


def test_schedule_that_is_wrong_itself(tmp_path: Path) -> None:
    text = config(QUERY, 'schedule: "0 25 * * *"\nfresh_by: "06:00"\nfresh_within: 26h\n')
    assert not [line for line in said(deadline.RULE, tmp_path, text) if "fresh" in line]
