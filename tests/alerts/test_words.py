"""What is said of an incident after its first message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from summary_tables.alerts.words import other_cause, recovery, reminder
from summary_tables.model.incident import Event, Incident, IncidentKind
from summary_tables.model.notice import Notice

FRIDAY = datetime(2026, 11, 20, 3, 4, tzinfo=UTC)
SUNDAY = FRIDAY + timedelta(days=2)
INCIDENT = Incident(
    incident_id="1",
    schema="analytics",
    table="nps",
    kind="failed",
    about="build",
    opened_at=FRIDAY,
    seen_at=FRIDAY,
    failed_runs=5,
    live_at=FRIDAY - timedelta(days=1),
)
BUILT = Event(
    kind="published", schema="analytics", table="nps", at=SUNDAY, built_at=SUNDAY + timedelta(hours=6), rows=92
)
LONG_AGO = "It has been failing since 2026-11-20 at 03:04 UTC. Readers have the table of 2026-11-19."
SEEN = replace(BUILT, kind="mended", built_at=None, rows=None)


@pytest.mark.parametrize(
    ("incident", "event", "zone", "words"),
    [
        (
            INCIDENT,
            BUILT,
            "UTC",
            "Works again: analytics.nps. Built at 09:04 UTC, 92 rows. It had failed since Friday at 03:04 UTC "
            "(5 runs). Readers had Thursday's table.",
        ),
        (
            INCIDENT,
            BUILT,
            "Asia/Seoul",
            "Works again: analytics.nps. Built at 18:04 Asia/Seoul, 92 rows. It had failed since Friday at 12:04 "
            "Asia/Seoul (5 runs). Readers had Thursday's table.",
        ),
        (
            replace(INCIDENT, failed_runs=1, live_at=None),
            replace(BUILT, rows=1),
            "UTC",
            "Works again: analytics.nps. Built at 09:04 UTC, 1 row. It had failed since Friday at 03:04 UTC (1 run).",
        ),
        (
            replace(INCIDENT, live_at=FRIDAY - timedelta(hours=2)),
            BUILT,
            "UTC",
            "Works again: analytics.nps. Built at 09:04 UTC, 92 rows. It had failed since Friday at 03:04 UTC "
            "(5 runs). Readers had the table of Friday at 01:04 UTC.",
        ),
        (
            replace(INCIDENT, opened_at=SUNDAY, live_at=FRIDAY - timedelta(days=30)),
            BUILT,
            "UTC",
            "Works again: analytics.nps. Built at 09:04 UTC, 92 rows. It had failed since today at 03:04 UTC (5 runs). "
            "Readers had the table of 2026-10-21.",
        ),
        (
            replace(INCIDENT, kind="late", failed_runs=0),
            BUILT,
            "UTC",
            "Here again: analytics.nps. Built at 09:04 UTC, 92 rows. It had been late since Friday at 03:04 UTC. "
            "Readers had Thursday's table.",
        ),
        (
            replace(INCIDENT, kind="late", failed_runs=2),
            BUILT,
            "UTC",
            "Here again: analytics.nps. Built at 09:04 UTC, 92 rows. It had been late since Friday at 03:04 UTC "
            "(2 failed runs). Readers had Thursday's table.",
        ),
        (
            replace(INCIDENT, kind="broken_file", about="file", failed_runs=0),
            SEEN,
            "UTC",
            "File mended: analytics.nps. It had been broken since Friday at 03:04 UTC.",
        ),
    ],
)
def test_it_is_over(incident: Incident, event: Event, zone: str, words: str) -> None:
    assert recovery(incident, event, zone, SUNDAY).words == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "5 runs. It has been failing since today at 03:04 UTC. Readers have yesterday's table."),
        (1, "Second day, 5 runs. It has been failing since yesterday at 03:04 UTC. Readers have Thursday's table."),
        (2, "Third day, 5 runs. It has been failing since Friday at 03:04 UTC. Readers have Thursday's table."),
        (
            9,
            f"Tenth day, 5 runs. {LONG_AGO}",
        ),
        (
            40,
            f"Day 41, 5 runs. {LONG_AGO}",
        ),
    ],
)
def test_it_goes_on(days: int, words: str) -> None:
    notice = reminder(INCIDENT, SEEN, "UTC", FRIDAY + timedelta(days=days))
    assert notice.words == f"Still failing: analytics.nps. {words}"
    assert notice.is_urgent


@pytest.mark.parametrize(
    ("kind", "schema", "headline", "since"),
    [
        ("late", "analytics", "Still late: analytics.nps", "It has been late"),
        ("broken_file", "analytics", "File still broken: analytics.nps", "The file has been broken"),
        ("broken_file", "", "File still broken: nps", "The file has been broken"),
        ("waiting", "analytics", "Tables still wait for analytics.nps", "They have been late"),
        ("waiting", "", "Tables are still late", "They have been late"),
    ],
)
def test_it_goes_on_without_runs(kind: IncidentKind, schema: str, headline: str, since: str) -> None:
    incident = replace(INCIDENT, kind=kind, schema=schema, failed_runs=0, live_at=None)
    assert reminder(incident, SEEN, "UTC", SUNDAY).words == (
        f"{headline}. Third day. {since} since Friday at 03:04 UTC."
    )


def test_on_the_first_day_without_a_run_nothing_is_said_of_how_long() -> None:
    incident = replace(INCIDENT, kind="late", failed_runs=0, live_at=None)
    notice = reminder(incident, SEEN, "UTC", FRIDAY)
    assert (notice.explanation, notice.words) == (
        "",
        "Still late: analytics.nps. It has been late since today at 03:04 UTC.",
    )


@pytest.mark.parametrize(
    ("kind", "reason", "owner", "facts"),
    [
        ("failed", "No rows.", "jin", {"Why": "No rows.", "Owner": "jin"}),
        ("waiting", "No rows.", "jin", {"Owner": "jin"}),
        ("late", "", " ", {}),
    ],
)
def test_why_and_whose(kind: IncidentKind, reason: str, owner: str, facts: dict[str, str]) -> None:
    incident, event = replace(INCIDENT, kind=kind, reason=reason), replace(BUILT, owner=owner)
    for notice in (reminder(incident, event, "UTC", SUNDAY), recovery(incident, event, "UTC", SUNDAY)):
        assert {fact.name: fact.pieces[0].text for fact in notice.facts} == facts


def test_another_cause_calls_nobody() -> None:
    told = Notice(sign="❌", headline="Building failed", words="No.", live="It was not changed.", is_urgent=True)
    since = "It has been failing since Friday at 03:04 UTC; this cause is new."
    notice = other_cause(told, INCIDENT, "UTC", SUNDAY)
    assert notice == replace(told, live=f"It was not changed. {since}", words=f"No. {since}", is_urgent=False)
