"""Names of time zones: which are taken, and what is said of all others."""

from zoneinfo import ZoneInfo, available_timezones

import pytest

from summary_tables.configs.schema_files import load_schema
from tests.configs.schema.findings import said

FILE = "table: t\nschema: a\ntimezone: {}\nmain_sql: SELECT 1 AS one\n"
NAMES: list[str] = load_schema("summary_table")["properties"]["timezone"]["enum"]


def test_each_name_that_the_schema_takes_is_a_zone() -> None:
    assert ["UTC", *sorted(NAMES[1:])] == NAMES
    assert set(NAMES) <= available_timezones()
    assert all(ZoneInfo(name) for name in NAMES)


ABBREVIATION = "an abbreviation; a time zone has the name of a place"
OLDER = "an older name that not each warehouse knows"
DISTANCE = "a distance to UTC; clocks in most places change theirs in summer"
NONE = "which is no time zone"
UTC = "which is called `UTC` here"


@pytest.mark.parametrize(
    ("value", "what", "meant"),
    [
        ("KST", ABBREVIATION, "Asia/Seoul"),
        ("jst", ABBREVIATION, "Asia/Tokyo"),
        ("GMT", UTC, "UTC"),
        ("Etc/UTC", UTC, "UTC"),
        ("US/Pacific", OLDER, "America/Los_Angeles"),
        ("Asia/Calcutta", OLDER, "Asia/Kolkata"),
        ("Europe/Kiev", OLDER, "Europe/Kyiv"),
        ("Iceland", OLDER, "Atlantic/Reykjavik"),
        ("Asia/Soeul", NONE, "Asia/Seoul"),
        ("asia/seoul", NONE, "Asia/Seoul"),
        ("Seoul", NONE, "Asia/Seoul"),
        ("Asia/Busan", NONE, "Asia/Seoul"),
        ("서울", NONE, "Asia/Seoul"),
        ("America/New York", NONE, "America/New_York"),
        ("Europe/Berln", NONE, "Europe/Berlin"),
    ],
)
def test_the_zone_that_was_meant(value: str, what: str, meant: str) -> None:
    assert said(FILE.format(value)) == [
        f'x.yaml:3:11: error[value] `timezone` is "{value}", {what}; fix: write `{meant}`'
    ]
    assert said(FILE.format(meant)) == []


@pytest.mark.parametrize(
    ("value", "what", "example"),
    [
        ("EST5EDT", ABBREVIATION, "America/New_York"),
        ("EST", ABBREVIATION, "America/New_York"),
        ("CET", ABBREVIATION, "Europe/Berlin"),
        ("CST", ABBREVIATION, "Asia/Seoul"),
        ("UTC+9", DISTANCE, "Asia/Seoul"),
        ("+09:00", DISTANCE, "Asia/Seoul"),
        ("9", DISTANCE, "Asia/Seoul"),
        ("Etc/GMT-9", DISTANCE, "Asia/Seoul"),
        ("Eastern", NONE, "Asia/Seoul"),
        ("Asia", NONE, "Asia/Seoul"),
        ("Mars/Base", NONE, "Asia/Seoul"),
    ],
)
def test_where_nobody_knows_which_is_meant_only_what_a_name_is_like(value: str, what: str, example: str) -> None:
    fix = f"write the place by whose clocks people go, such as `{example}`"
    assert said(FILE.format(value)) == [f'x.yaml:3:11: error[value] `timezone` is "{value}", {what}; fix: {fix}']


@pytest.mark.parametrize(("value", "what"), [("[Asia/Seoul]", "a list"), ("null", "nothing"), ("true", "`true`")])
def test_no_name_at_all(value: str, what: str) -> None:
    fix = "write the place by whose clocks people go, such as `Asia/Seoul`"
    assert said(FILE.format(value)) == [f"x.yaml:3:11: error[value] `timezone` is {what}; it is a name; fix: {fix}"]
