"""Who hears of a table: by route, by what its file says, by what `slack` has always meant."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import yaml

from summary_tables.alerts.policy import Policy
from summary_tables.alerts.routes import default_places, policy_of
from summary_tables.configs.alerts import table_alerts
from summary_tables.configs.config import settings_from_data
from summary_tables.model.alerts import QuietHours
from summary_tables.model.incident import MessageKind, Place
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable

DEFAULTS = """\
timezone: Asia/Seoul
slack: {conn_id: slack_old, mention: "<!here>"}
owners:
  data: {}
  growth: {slack: SAZ94GDB8}
alerts:
  default: {conn_id: slack_bot, channel: "#data"}
  remind_after: 12h
  digest_at: "10:30"
  routes:
    - {owner: growth, schema: finance, to: [slack_growth, mail, slack_growth]}
    - {tag: night, quiet: {from: "20:00", to: "08:00"}}
    - {owner: growth, to: {conn_id: slack_bot, channel: "#growth"}, quiet: {days: [sat, sun]}}
"""
GROWTH = "<!here> <!subteam^SAZ94GDB8>"


def settings(text: str = DEFAULTS) -> Settings:
    return settings_from_data(yaml.load(text, yaml.BaseLoader))


def table(alerts: dict[str, Any] | None = None, **values: Any) -> SummaryTable:
    return SummaryTable(**{"table": "nps", "schema": "analytics", "alerts": table_alerts(alerts), **values})


def places(found: Policy) -> list[tuple[str, str, str]]:
    return [(place.conn_id, place.channel, place.mention) for place in found.places]


def test_table_without_a_route_goes_where_all_else_goes() -> None:
    assert policy_of(table(owner="data"), settings()) == Policy(
        places=(Place(conn_id="slack_bot", channel="#data", mention="<!here>"),),
        remind_after=timedelta(hours=12),
        digest_at=time(10, 30),
        zone="Asia/Seoul",
    )


ROUTES = [
    (
        {"owner": "growth", "schema": "finance", "tags": ("night",)},
        [("slack_growth", "", GROWTH), ("mail", "", GROWTH)],
    ),
    ({"owner": "growth"}, [("slack_bot", "#growth", GROWTH)]),
    ({"owner": "growth", "tags": ("night",)}, [("slack_bot", "#data", GROWTH)]),
    ({"owner": "kim", "schema": "finance"}, [("slack_bot", "#data", "<!here>")]),
    ({"tags": ("other", "night")}, [("slack_bot", "#data", "<!here>")]),
]


@pytest.mark.parametrize(("values", "expected"), ROUTES)
def test_the_first_route_that_is_about_the_table_counts(
    values: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert places(policy_of(table(**values), settings())) == expected


def test_quiet_hours_are_those_of_the_route() -> None:
    assert policy_of(table(tags=("night",)), settings()).quiet == (QuietHours(start=time(20), end=time(8)),)
    own = table({"to": "slack_finance"}, tags=("night",))
    assert policy_of(own, settings()).quiet == (QuietHours(start=time(20), end=time(8)),)
    assert places(policy_of(own, settings())) == [("slack_finance", "", "<!here>")]
    assert policy_of(table(owner="data"), settings()).quiet == ()


def test_what_the_file_says_counts() -> None:
    own = table({"mention": "<@U024BE7LH>", "remind_after": "never"}, owner="growth")
    assert places(policy_of(own, settings())) == [("slack_bot", "#growth", "<@U024BE7LH>")]
    assert policy_of(own, settings()).remind_after is None
    assert places(policy_of(table({"mention": ""}, owner="growth"), settings())) == [("slack_bot", "#growth", "")]
    assert policy_of(table({"remind_after": "5d"}), settings()).remind_after == timedelta(days=5)


def test_slack_means_what_it_has_always_meant() -> None:
    old = settings("slack: {conn_id: slack_old, mention: <!here>}")
    assert policy_of(table(), old) == Policy(
        places=(Place(conn_id="slack_old", notifier="slack", mention="<!here>"),), remind_after=timedelta(days=3)
    )
    assert policy_of(table(), Settings()).places == (Place(conn_id="slack_default", notifier="slack"),)
    assert default_places(Settings()) == (Place(conn_id="slack_default", notifier="slack"),)
    assert default_places(settings()) == (Place(conn_id="slack_bot", channel="#data"),)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


def test_errors_wait_for_the_end_of_quiet_hours_unless_the_table_matters_more() -> None:
    night, lunch = at("2026-11-27T23:00"), at("2026-11-27T12:30")
    normal, high = (policy_of(table(tags=("night",), priority=priority), settings()) for priority in ("normal", "high"))
    kinds: tuple[MessageKind, ...] = ("first", "change", "reminder", "recovery")
    for kind in kinds:
        assert normal.due_at(kind, night) == at("2026-11-28T08:00")
        assert normal.due_at(kind, lunch) == lunch
        assert high.due_at(kind, night) == night


def test_warnings_wait_for_the_digest_and_its_quiet_hours() -> None:
    found = policy_of(table(tags=("night",), priority="high"), settings())
    assert found.due_at("warning", at("2026-11-27T03:00")) == at("2026-11-27T10:30")
    assert found.due_at("warning", at("2026-11-27T10:31")) == at("2026-11-28T10:30")
    weekend = policy_of(table(owner="growth"), settings())
    assert weekend.due_at("warning", at("2026-11-27T12:00")) == at("2026-11-30T10:30")
    late = Policy(quiet=(QuietHours(start=time(20), end=time(11)),), digest_at=time(10, 30), zone="Asia/Seoul")
    assert late.due_at("warning", at("2026-11-27T12:00")) == at("2026-11-28T11:00")


def test_a_zone_that_is_none_is_utc() -> None:
    """A running task reads `defaults.yaml` unchecked."""
    assert [settings(f"timezone: {name}").zone for name in ("Asia/Kathmandu", "Asia/Nowhere", "../x", "[]")] == [
        "Asia/Kathmandu",
        "UTC",
        "UTC",
        "UTC",
    ]
