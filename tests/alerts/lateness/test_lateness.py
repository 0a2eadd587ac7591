"""When a table is late, since when, why, and which table is to blame."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.alerts.lateness.facts import Outage, TableFacts
from summary_tables.model.dag_facts import DagRunFacts
from summary_tables.model.parents import AssetParent
from tests.alerts.lateness.made_worlds import (
    DAY,
    HOUR,
    NOW,
    SIX,
    THREE,
    after,
    built,
    dag,
    daily,
    lateness,
    run,
    said,
)

YESTERDAY = THREE - DAY
NONE = "no build for it was published"
BROKEN = TableFacts(newest=built(YESTERDAY))
MIDNIGHT = NOW.replace(hour=0)


def made_up_for(strategy: str = "replace", *runs: DagRunFacts, **facts: Any) -> TableFacts:
    """The run of yesterday, started after today's was due."""
    newest = built(YESTERDAY, started_at=THREE + HOUR, strategy=strategy)
    return replace(daily(YESTERDAY, by=SIX, dag=dag(*runs, **facts)), newest=newest)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (daily(THREE), ""),
        (daily(YESTERDAY), f"due today at 03:00 UTC, and {NONE}"),
        (daily(THREE, by=SIX), ""),
        (daily(YESTERDAY, by=SIX), f"to be there by today at 06:00 UTC, and {NONE}"),
        (daily(YESTERDAY, by=time(10)), ""),
        (daily(YESTERDAY + 3 * HOUR, hour=6, by=SIX), ""),
        (daily(THREE - 2 * DAY, by=time(10)), f"to be there by yesterday at 10:00 UTC, and {NONE}"),
        (daily(YESTERDAY, by=SIX, timezone="Asia/Seoul"), f"to be there by today at 06:00 Asia/Seoul, and {NONE}"),
        (daily(YESTERDAY, hour=23, by=SIX), f"to be there by today at 06:00 UTC, and {NONE}"),
        (daily(YESTERDAY - DAY + 20 * HOUR, hour=23, by=SIX), f"to be there by today at 06:00 UTC, and {NONE}"),
        (daily(THREE - 4 * DAY, cron="0 3 * * 1", by=SIX), ""),
        (daily(THREE - 11 * DAY, cron="0 3 * * 1", by=SIX), f"to be there by Monday at 06:00 UTC, and {NONE}"),
        (daily(THREE, within=26 * HOUR), ""),
        (daily(YESTERDAY, within=26 * HOUR), f"to be there by today at 05:10 UTC, and {NONE}"),
        (daily(THREE - 4 * DAY, cron="0 3 * * 1", within=26 * HOUR), ""),
        (
            daily(THREE - 11 * DAY, cron="0 3 * * 1", within=26 * HOUR),
            f"to be there by Monday at 04:00 UTC, and {NONE}",
        ),
        (daily(YESTERDAY, cron="", within=26 * HOUR), f"to be there by today at 05:10 UTC, and {NONE}"),
        (daily(YESTERDAY, cron="", by=SIX), ""),
        (daily(None, by=SIX), f"to be there by today at 06:00 UTC, and {NONE}"),
        (daily(None, by=SIX, known_since=YESTERDAY), f"to be there by today at 06:00 UTC, and {NONE}"),
        (daily(None, by=SIX, known_since=THREE + HOUR), ""),
        (
            daily(YESTERDAY, by=SIX, dag=dag(is_paused=True)),
            "to be there by today at 06:00 UTC, and it is paused in Airflow",
        ),
        (daily(YESTERDAY, by=SIX, failed_at=THREE), "to be there by today at 06:00 UTC, and its run failed"),
        (
            daily(YESTERDAY, by=SIX, dag=dag(run(THREE, "running"))),
            "to be there by today at 06:00 UTC, and its run has been running for 6 hours",
        ),
        (
            daily(YESTERDAY, by=SIX, dag=dag(run(THREE, "queued"))),
            "to be there by today at 06:00 UTC, and its run has waited in Airflow's queue for 6 hours",
        ),
        (
            daily(YESTERDAY, by=SIX, dag=dag(run(YESTERDAY), next_run_at=THREE)),
            "to be there by today at 06:00 UTC, and Airflow has not started the run",
        ),
        (
            daily(YESTERDAY, by=SIX, dag=dag(is_stale=True)),
            "to be there by today at 06:00 UTC, and Airflow does not find the table's file any more",
        ),
        (
            daily(YESTERDAY, by=SIX, dag=dag(run(YESTERDAY, "running"), next_run_at=YESTERDAY + HOUR)),
            "to be there by today at 06:00 UTC, and the runs before it are not done yet",
        ),
        (
            daily(YESTERDAY + 5 * HOUR, hour=8, dag=dag(next_run_at=NOW - HOUR)),
            "due today at 08:00 UTC, and Airflow has not started the run",
        ),
        (daily(YESTERDAY + 5 * HOUR, hour=8, dag=dag(next_run_at=NOW - HOUR + timedelta(minutes=1))), ""),
        # What is made up for later is as new, but where rows of later intervals are still to be added.
        (made_up_for(), ""),
        (made_up_for("append"), ""),
        (made_up_for("replace", next_run_at=YESTERDAY + HOUR), ""),
        (made_up_for("append", next_run_at=THREE), ""),
        (
            made_up_for("append", run(YESTERDAY + HOUR, "running"), next_run_at=YESTERDAY + HOUR),
            "to be there by today at 06:00 UTC, and the runs before it are not done yet",
        ),
        # Its schedule may be younger than that.
        (daily(YESTERDAY, by=SIX, dag=dag(run(YESTERDAY))), ""),
    ],
)
def test_a_table_of_its_own(facts: TableFacts, words: str) -> None:
    assert said({"analytics.a": facts}, "analytics.a") == words


WAITS = "analytics.z"
DUE = "due today at 03:00 UTC, and it waits for "


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"a": daily(THREE), WAITS: after("a", at=THREE + HOUR)}, ""),
        ({"a": daily(THREE), WAITS: after("a", at=YESTERDAY + HOUR)}, f"due today at 03:10 UTC, and {NONE}"),
        (
            {"a": daily(THREE), WAITS: after("a", at=YESTERDAY + HOUR, dag=dag(run(YESTERDAY + HOUR)))},
            "due today at 03:10 UTC, and what it waits for was published then, but Airflow has not started a run",
        ),
        ({"a": daily(THREE), WAITS: after("a", at=YESTERDAY + HOUR, dag=dag(run(THREE + HOUR)))}, ""),
        (
            {"a": daily(THREE), "b": daily(YESTERDAY), WAITS: after("a", "b", any_of=True, at=YESTERDAY + HOUR)},
            f"due today at 03:10 UTC, and {NONE}",
        ),
        ({"a": daily(YESTERDAY), WAITS: after("a", at=YESTERDAY + HOUR)}, DUE + "a: no build for it was published"),
        # What it waits for came half an hour ago.
        ({"a": daily(NOW - timedelta(minutes=40)), WAITS: after("a", at=YESTERDAY + HOUR)}, ""),
        # One of two has failed for a week.
        (
            {
                "a": daily(THREE),
                "b": daily(THREE - 7 * DAY, failed_at=THREE),
                WAITS: after("a", "b", at=THREE - 7 * DAY + HOUR),
            },
            DUE + "b: its run failed",
        ),
        (
            {
                "a": daily(THREE),
                "b": daily(YESTERDAY, dag=dag(is_paused=True)),
                WAITS: after("a", "b", at=YESTERDAY + HOUR),
            },
            DUE + "b: it is paused in Airflow",
        ),
        (
            {
                "a": daily(YESTERDAY),
                "b": daily(YESTERDAY, failed_at=THREE),
                WAITS: after("a", "b", at=YESTERDAY + HOUR),
            },
            DUE + "b: its run failed, and for a",
        ),
        (
            {
                "a": daily(YESTERDAY, failed_at=THREE),
                "b": after("a", at=YESTERDAY + HOUR),
                WAITS: after("b", at=YESTERDAY + 2 * HOUR),
            },
            DUE + "b, which waits for a: its run failed",
        ),
        (
            {
                "a": daily(YESTERDAY, failed_at=THREE),
                "b": after("a", at=YESTERDAY + HOUR),
                "c": after("b", at=YESTERDAY + 2 * HOUR),
                WAITS: after("c", at=YESTERDAY + 3 * HOUR),
            },
            DUE + "c, which waits for a: its run failed",
        ),
        (
            {"a": daily(YESTERDAY), "b": BROKEN, WAITS: after("a", "b", any_of=True, at=YESTERDAY + HOUR)},
            DUE + "b: its file cannot be read, and for a",
        ),
        ({"a": daily(THREE), "b": BROKEN, WAITS: after("a", "b", any_of=True, at=THREE + HOUR)}, ""),
        # A weekly one sets the pace.
        (
            {
                "a": daily(THREE),
                "b": daily(THREE - 4 * DAY, cron="0 3 * * 1"),
                WAITS: after("a", "b", at=THREE - 4 * DAY + HOUR),
            },
            "",
        ),
        (
            {
                "a": daily(THREE),
                "b": daily(THREE - 11 * DAY, cron="0 3 * * 1"),
                WAITS: after("a", "b", at=THREE - 11 * DAY + HOUR),
            },
            "due Monday at 03:00 UTC, and it waits for b: no build for it was published",
        ),
        # Nobody knows when others publish, and what is started by hand is never due.
        ({"a": daily(THREE), WAITS: after("a", AssetParent(asset="raw.orders"), at=YESTERDAY + HOUR)}, ""),
        (
            {"a": daily(THREE), WAITS: after("a", AssetParent(asset="raw.orders"), at=YESTERDAY + HOUR, by=SIX)},
            "to be there by today at 06:00 UTC, and it waits for raw.orders: others publish it",
        ),
        # A model of a dbt project of the folder.
        (
            {WAITS: after("shop.orders", at=YESTERDAY + HOUR, by=SIX), "dbt project shop": daily(cron="")},
            "to be there by today at 06:00 UTC, and it waits for shop.orders: the dbt project shop builds it",
        ),
        (
            {
                WAITS: after("shop.orders", at=YESTERDAY + HOUR, by=SIX),
                "dbt project shop": daily(None, cron="", failed_at=THREE),
            },
            "to be there by today at 06:00 UTC, and it waits for shop.orders: the run of the dbt project shop failed",
        ),
        ({"a": daily(YESTERDAY, cron=""), WAITS: after("a", at=YESTERDAY + HOUR)}, ""),
        # The table's own time comes before that of what it waits for.
        (
            {"a": daily(YESTERDAY, hour=5, by=time(12)), WAITS: after("a", at=YESTERDAY + 3 * HOUR, by=SIX)},
            "to be there by today at 06:00 UTC, and it waits for a: no build for it was published",
        ),
        (
            {"a": daily(THREE, is_asked=False), "b": daily(YESTERDAY), WAITS: after("a", "b", at=YESTERDAY + HOUR)},
            DUE + "b: no build for it was published",
        ),
    ],
)
def test_a_table_that_waits(tables: dict[str, TableFacts], words: str) -> None:
    assert said(tables, WAITS) == words


def test_what_is_to_blame_is_at_the_end_of_the_chain() -> None:
    tables = {"t0": daily(YESTERDAY, dag=dag(is_paused=True))}
    for number in range(1, 90):
        tables[f"t{number}"] = after(f"t{number - 1}", at=YESTERDAY + number * timedelta(minutes=11))
    late = lateness(tables, "t89")
    assert late
    assert (late.cause.kind, late.cause.table, late.waits_for) == ("paused", "t0", ("t88",))
    assert late.reason == "it waits for t88, which waits for t0: it is paused in Airflow"


def test_tables_that_wait_for_each_other_are_never_due() -> None:
    tables = {"a": after("b"), "b": after("a")}
    assert said(tables, "a") == said(tables, "b") == ""
    promised = {"a": after("b", by=SIX), "b": after("a", by=SIX)}
    assert said(promised, "a").startswith("to be there by today at 06:00 UTC, and it waits for b")


def test_a_chain_without_an_end_is_given_up() -> None:
    tables = {f"t{number}": after(f"t{number + 1}", by=SIX) for number in range(3000)}
    tables["t3000"] = daily(YESTERDAY)
    assert said(tables, "t0").startswith("to be there by today at 06:00 UTC, and it waits for t1, which waits for t")


def test_a_run_that_waits_for_tables_at_its_own_time() -> None:
    parent = daily(YESTERDAY, failed_at=THREE)
    child = daily(YESTERDAY + 3 * HOUR, hour=6)
    assert child.rhythm
    waits = TableFacts(
        rhythm=type(child.rhythm)(schedule=type(child.rhythm.schedule)(cron="0 6 * * *", after=("a",))),
        newest=child.newest,
    )
    assert said({"a": parent, WAITS: waits}, WAITS) == "due today at 06:00 UTC, and it waits for a: its run failed"
    there = daily(THREE)
    assert said({"a": there, WAITS: waits}, WAITS) == f"due today at 06:00 UTC, and {NONE}"


def test_while_airflow_started_nothing() -> None:
    outage = Outage(start=THREE - HOUR, end=NOW - timedelta(minutes=1))
    facts = daily(YESTERDAY, by=SIX, dag=dag(run(NOW, "running")))
    tables = {"a": facts, WAITS: after("a", at=YESTERDAY + HOUR)}
    assert said(tables, "a", outage=outage) == "to be there by today at 06:00 UTC, and Airflow started nothing then"
    assert said(tables, WAITS, outage=outage) == DUE + "a: Airflow started nothing then"
    late = lateness(tables, WAITS, outage=outage)
    assert late
    assert (late.cause.kind, late.cause.table) == ("outage", "")
    later = Outage(start=THREE + HOUR, end=NOW)
    assert said(tables, "a", outage=later).endswith("its run has been running for 1 minute")
    before = Outage(start=THREE - 3 * HOUR, end=THREE - HOUR)
    assert said(tables, "a", outage=before).endswith("its run has been running for 1 minute")


@given(
    minutes=st.integers(0, 3 * 24 * 60),
    built_ago=st.integers(0, 4 * 24 * 60),
    hour=st.integers(0, 23),
    by=st.times().map(lambda found: found.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["UTC", "Asia/Seoul", "America/Los_Angeles", "Asia/Kathmandu", "Europe/Berlin"]),
)
def test_a_promise_is_kept_by_the_clocks_of_the_zone(
    minutes: int, built_ago: int, hour: int, by: time, zone: str
) -> None:
    """Against the plainest way to say it: of the deadlines that have passed, the last one."""
    now = NOW + timedelta(minutes=minutes)
    newest = now - timedelta(minutes=built_ago)
    facts = daily(newest, hour=hour, by=by, timezone=zone)
    late = lateness({"a": facts}, "a", now)
    assert (late is not None) == _is_late(now, newest, hour, by, zone)
    if late:
        assert late.due_at < late.late_at <= now
        assert late.late_at - late.due_at <= DAY + HOUR


def _is_late(now: datetime, newest: datetime, hour: int, by: time, zone: str) -> bool:
    from summary_tables.text.moments import local

    minute = timedelta(minutes=1)
    found = local(zone, now).replace(second=0)
    while found.time().replace(second=0) != by:
        found -= minute
    # The last time of the schedule before the deadline.
    found -= minute
    while found.hour != hour or found.minute:
        found -= minute
    return newest < found
