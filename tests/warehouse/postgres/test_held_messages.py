"""What quiet hours and the digest hold back, on a real server: told once, when they end, as one message."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from summary_tables.model.alerts import QuietHours
from summary_tables.model.incident import Event
from tests.warehouse.postgres.database import Database
from tests.warehouse.postgres.made_incidents import DAY, POLICY, START, Slack, delivered, event, recorded

QUIET = replace(POLICY, quiet=(QuietHours(start=time(1), end=time(8)),))
HOUR = timedelta(hours=1)
END = START + 5 * HOUR
"""Quiet hours end at 08:00, and it is 03:00 at `START`."""


def of(table: str, found: Event, at: datetime = START) -> Event:
    return replace(found, table=table, at=at)


def test_nothing_is_told_in_quiet_hours_and_what_is_over_by_then_is_one_message(database: Database) -> None:
    slack = Slack()
    with database.connect() as connection:
        recorded(connection, event("failed"), policy=QUIET)
        for hours in range(5):
            assert delivered(connection, slack, START + hours * HOUR) == 0
        recorded(connection, of("daily", event("published"), START + HOUR), policy=QUIET)
        assert delivered(connection, slack, END - timedelta(seconds=1)) == 0
        assert delivered(connection, slack, END) == 1
        assert delivered(connection, slack, END + DAY) == 0
    assert [(kind, words.partition(" Built")[0]) for kind, words in slack.words] == [
        ("recovery", "Works again: analytics.daily.")
    ]


def test_tables_that_fail_in_one_night_are_one_message_and_each_is_over_by_itself(database: Database) -> None:
    slack = Slack()
    with database.connect() as connection:
        recorded(connection, *(of(table, event("failed")) for table in ("a", "b", "c")), policy=QUIET)
        recorded(connection, of("c", event("published"), START + HOUR), policy=QUIET)
        assert delivered(connection, slack, END) == 1
        recorded(connection, of("a", event("published"), END + HOUR), policy=QUIET)
        assert delivered(connection, slack, END + HOUR) == 1
        assert delivered(connection, slack, END + DAY) == 0
    night, over = slack.told
    assert (night.kind, night.notice.headline) == ("digest", "In quiet hours: 2 tables wrong and 1 table well again")
    assert (over.kind, over.table, over.thread) == ("recovery", "a", "")
    assert database.admin("SELECT COUNT(*) FROM summary_tables.message_log WHERE done_at IS NULL") == [(0,)]


def test_a_table_of_high_priority_is_told_at_once(database: Database) -> None:
    slack = Slack()
    with database.connect() as connection:
        recorded(connection, event("failed"), policy=replace(QUIET, is_high=True))
        assert delivered(connection, slack, START) == 1
    assert slack.words == [("first", "failed 1.")]


def test_warnings_are_one_message_an_owner_however_late_it_is_told(database: Database) -> None:
    slack = Slack()
    with database.connect() as connection:
        for table, owner in (("a", "growth"), ("b", "growth"), ("c", "data")):
            recorded(connection, replace(of(table, event("warned")), owner=owner))
        assert delivered(connection, slack, START + 6 * HOUR - timedelta(seconds=1)) == 0
        slack.is_away = True
        assert delivered(connection, slack, START + 6 * HOUR) == 0
        recorded(connection, of("a", event("warned", 2), START + 7 * HOUR))
        slack.is_away = False
        assert delivered(connection, slack, START + 8 * HOUR) == 2
        assert delivered(connection, slack, START + DAY + 6 * HOUR) == 1
        assert delivered(connection, slack, START + 3 * DAY) == 0
    assert sorted((message.kind, message.owner, message.notice.headline) for message in slack.told) == [
        ("digest", "growth", "2 warnings of 2 tables"),
        ("warning", "data", "warned 1"),
        ("warning", "growth", "warned 2"),
    ]
