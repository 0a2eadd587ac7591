"""Incidents and their messages on a real server: opened once, told once, in order, whoever comes first."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from summary_tables.alerts.deliver import CLAIM_LASTS, TRY_AGAIN_AFTER, deliver
from summary_tables.alerts.length import LONGEST_TEXT
from summary_tables.model.incident import Answer, Message
from summary_tables.model.notice import Bullets, Notice
from summary_tables.warehouse.logs.incident_log import open_incidents, recent_incidents
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import BUILDER, WAREHOUSE, Database, build_and_show
from tests.warehouse.postgres.made_incidents import DAY, HOOK, POLICY, START, Slack, delivered, event, recorded

RECOVERED = (
    "Works again: analytics.daily. Built at 03:00 UTC, 92 rows. It had failed since yesterday at 03:00 UTC (1 run)."
)


def test_a_table_fails_and_works_again(database: Database) -> None:
    slack = Slack()
    with database.connect() as connection:
        recorded(connection, event("failed"))
        assert delivered(connection, slack, START) == 1
        recorded(connection, event("failed"), event("published", 2))
        assert delivered(connection, slack, START + DAY) == 1
        assert delivered(connection, slack, START + DAY) == 0
        with open_session(connection, WAREHOUSE) as session:
            assert open_incidents(session) == ()
            (over,) = recent_incidents(session, "analytics", "daily")
    assert slack.words == [("first", "failed 1."), ("recovery", RECOVERED)]
    assert [message.thread for message in slack.told] == ["", "C1:1"]
    assert (over.opened_at, over.closed_at, over.failed_runs) == (START, START + DAY, 1)
    assert (over.opened_by, over.closed_by) == ("run 1", "run 2")
    assert over.causes == ("create.1", "failed")


def test_a_table_that_is_well_needs_no_log(database: Database) -> None:
    with database.connect() as connection:
        recorded(connection, event("published"), event("mended"), event("unchanged"), event("over"))
        assert delivered(connection, Slack(), START) == 0
    assert database.value("SELECT to_regclass('summary_tables.incident_log')") is None


def test_slack_is_away_for_an_hour(database: Database) -> None:
    slack = Slack(is_away=True)
    with database.connect() as connection:
        recorded(connection, event("failed"))
        for minutes in range(0, 60, 5):
            assert delivered(connection, slack, START + timedelta(minutes=minutes)) == 0
        assert database.admin("SELECT problem, tries, told_at FROM summary_tables.message_log") == [
            ("HTTP 500", 12, None)
        ]
        slack.is_away = False
        assert delivered(connection, slack, START + timedelta(hours=1)) == 1
        assert delivered(connection, slack, START + timedelta(hours=1)) == 0
    assert slack.words == [("first", "failed 1.")]
    assert database.admin("SELECT problem, tries FROM summary_tables.message_log") == [("", 13)]


def test_what_was_over_before_it_was_told_is_one_message(database: Database) -> None:
    slack = Slack(is_away=True)
    with database.connect() as connection:
        recorded(connection, event("failed"))
        delivered(connection, slack, START)
        recorded(connection, event("published", 2))
        slack.is_away = False
        delivered(connection, slack, START + DAY)
        delivered(connection, slack, START + 2 * DAY)
    assert slack.words == [("recovery", RECOVERED)]
    assert [fact.pieces[0].text for fact in slack.told[0].notice.facts] == [
        "It's 100 % wrong: C:\\dir.",
        "growth",
    ]
    assert database.admin("SELECT kind, problem, told_at IS NULL FROM summary_tables.message_log ORDER BY 1") == [
        ("first", "It was over before this was told.", True),
        ("recovery", "", False),
    ]


def test_whoever_dies_between_the_answer_and_the_mark_is_followed_by_somebody_who_tells_it_again(
    database: Database,
) -> None:
    """At least once: nobody can know whether it was told."""

    def die(_message: Message) -> None:
        raise KeyboardInterrupt

    slack = Slack(before_answer=die)
    with database.connect() as connection:
        recorded(connection, event("failed"))
        with pytest.raises(KeyboardInterrupt):
            delivered(connection, slack, START)
        slack.before_answer = None
        assert delivered(connection, slack, START + CLAIM_LASTS) == 0
        assert delivered(connection, slack, START + CLAIM_LASTS + timedelta(seconds=1)) == 1
    assert [(message.kind, message.is_repeated) for message in slack.told] == [("first", False), ("first", True)]


def test_what_follows_waits_for_what_was_not_told_yet(database: Database) -> None:
    slack, soon = Slack(is_away=True), timedelta(seconds=10)
    with database.connect() as connection:
        recorded(connection, event("failed"))
        delivered(connection, slack, START)
        slack.is_away = False
        recorded(connection, event("failed", causes=("create.2",), at=START + soon, run_id="run 2"))
        assert delivered(connection, slack, START + soon) == 0
        assert delivered(connection, slack, START + TRY_AGAIN_AFTER) == 2
    assert [message.kind for message in slack.told] == ["first", "change"]
    assert slack.told[1].thread == "C1:1"


def test_two_at_once_open_it_once_and_tell_it_once(database: Database) -> None:
    slacks, barrier, rounds = [Slack(), Slack()], Barrier(2, timeout=300), 15

    def play(slack: Slack) -> None:
        with database.connect() as connection:
            for number in range(1, 2 * rounds, 2):
                for what in (event("failed", number), event("published", number + 1)):
                    barrier.wait()
                    recorded(connection, what)
                    delivered(connection, slack, what.at)

    threads = [Thread(target=play, args=(slack,)) for slack in slacks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = sorted((message for slack in slacks for message in slack.told), key=lambda message: message.recorded_at)
    assert [message.kind for message in told] == ["first", "recovery"] * rounds
    assert database.admin(
        "SELECT count(*), count(DISTINCT opened_at), count(closed_at) FROM summary_tables.incident_log"
    ) == [(rounds, rounds, rounds)]


def test_readers_had(database: Database) -> None:
    """The build that readers saw is the build log's."""
    build_and_show(database, number=19)
    database.admin("UPDATE summary_tables.build_log SET published_at = run_at")
    slack = Slack()
    with database.connect() as connection:
        recorded(connection, event("failed"), event("failed", 2), event("failed", 4), event("published", 4))
        delivered(connection, slack, START + 3 * DAY)
    assert slack.words == [
        (
            "recovery",
            "Works again: analytics.daily. Built at 03:00 UTC, 92 rows. It had failed since Friday at 03:00 UTC "
            "(3 runs). Readers had Thursday's table.",
        )
    ]


def test_what_was_published_since_is_not_what_readers_had(database: Database) -> None:
    """A failure is recorded late where the warehouse was away."""
    build_and_show(database, number=19)
    database.admin(f"UPDATE summary_tables.build_log SET published_at = '{START + DAY}'")
    with database.connect() as connection:
        recorded(connection, event("failed"))
    assert database.admin("SELECT live_at FROM summary_tables.incident_log") == [(None,)]


def test_any_text_is_told_as_it_is_and_a_long_one_cut(database: Database) -> None:
    words = 'it\'s \\ 100% "한글" {} 🙏🏽 \0 \ud800'
    notice = Notice(
        sign="❌", headline=words, words=words, query="SELECT 1 " * 9_999, lists=(Bullets(title="a", lines=(words,)),)
    )
    slack = Slack()
    with database.connect() as connection:
        recorded(connection, replace(event("failed"), notice=notice, reason=words, run_id=words, causes=(words,)))
        delivered(connection, slack, START)
        recorded(connection, event("published", 2))
        delivered(connection, slack, START + DAY)
    first, recovery = slack.told
    as_stored = words.replace("\ud800", "?")
    assert (first.notice.words, first.notice.lists[0].lines) == (as_stored, (as_stored,))
    assert len(first.notice.query) == LONGEST_TEXT + 1
    assert recovery.notice.facts[0].pieces[0].text == as_stored.replace("\0", "\ufffd")


def test_a_role_that_may_not_create_tables_says_so(database: Database) -> None:
    database.admin(f"REVOKE CREATE ON SCHEMA summary_tables FROM {BUILDER}")
    with database.connect() as connection, pytest.raises(WarehouseError) as raised:
        recorded(connection, event("failed"))
    assert str(raised.value) == (
        "The role builder may not create anything in the schema summary_tables. An administrator can allow it: "
        "GRANT CREATE ON SCHEMA summary_tables TO builder;"
    )


def test_a_place_that_is_away_is_asked_once_a_round_and_keeps_no_other_waiting(database: Database) -> None:
    away, well = Slack(is_away=True), Slack()
    policy = replace(POLICY, places=(HOOK, replace(HOOK, conn_id="other")))

    def tell(message: Message) -> Answer:
        return (away if message.place == HOOK else well).tell(message)

    with database.connect() as connection:
        for number, table in enumerate(("a", "b", "c")):
            recorded(
                connection,
                replace(event("failed"), table=table, at=START + number * TRY_AGAIN_AFTER / 10),
                policy=policy,
            )
        with open_session(connection, WAREHOUSE) as session:
            assert deliver(session, lambda: START + TRY_AGAIN_AFTER, tell) == 3
    assert [message.table for message in away.asked] == ["a"]
    assert [message.table for message in well.told] == ["a", "b", "c"]
