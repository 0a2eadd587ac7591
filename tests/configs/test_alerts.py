"""Who hears of what, as `defaults.yaml` and a file say it, as records; and what is left of it where it is wrong."""

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.config import from_data, settings_from_data
from summary_tables.model.alerts import (
    AlertSettings,
    Destination,
    Owner,
    QuietHours,
    Route,
    TableAlerts,
)

DEFAULTS = """\
owners:
  data: {}
  growth: {slack: SAZ94GDB8, email: growth@acme.com}
  jin: {slack: U024BE7LH}
alerts:
  default: [slack_default, {conn_id: slack_bot, channel: "#data"}]
  remind_after: 12h
  digest_at: 10:30
  routes:
    - {owner: growth, to: slack_growth, quiet: {from: 20:00, to: 08:00}}
    - {tag: finance, schema: analytics, quiet: [{days: [sat, sun]}, {from: "12:00", to: "13:00", days: [fri]}]}
"""


def test_what_defaults_say() -> None:
    settings = settings_from_data(yaml.load(DEFAULTS, yaml.BaseLoader))
    assert settings.owners == (
        Owner(name="data"),
        Owner(name="growth", slack="SAZ94GDB8", email="growth@acme.com"),
        Owner(name="jin", slack="U024BE7LH"),
    )
    assert [owner.mention for owner in settings.owners] == ["", "<!subteam^SAZ94GDB8>", "<@U024BE7LH>"]
    assert settings.owner("jin") == settings.owners[2]
    assert settings.owner("kim") == Owner(name="kim")
    assert settings.alerts == AlertSettings(
        default=(Destination(conn_id="slack_default"), Destination(conn_id="slack_bot", channel="#data")),
        remind_after=timedelta(hours=12),
        digest_at=time(10, 30),
        routes=(
            Route(
                owner="growth",
                to=(Destination(conn_id="slack_growth"),),
                quiet=(QuietHours(start=time(20), end=time(8)),),
            ),
            Route(
                tag="finance",
                schema="analytics",
                quiet=(QuietHours(days=("sat", "sun")), QuietHours(start=time(12), end=time(13), days=("fri",))),
            ),
        ),
    )
    assert list(map(str, settings.alerts.default)) == ["slack_default", "slack_bot (#data)"]


def test_owners_as_a_list_and_nothing_at_all() -> None:
    assert settings_from_data({"owners": ["data", "growth"]}).owners == (Owner(name="data"), Owner(name="growth"))
    assert settings_from_data({}).owners == ()
    assert settings_from_data({}).alerts == AlertSettings()


def table_with(data: dict[str, Any], defaults: dict[str, Any] | None = None) -> TableAlerts:
    data = {"table": "nps", "schema": "analytics", "main_sql": "SELECT 1 AS a", **data}
    return from_data(data, defaults or {}, Path("nps.yaml")).table.alerts


def test_what_a_file_says() -> None:
    said = {"to": {"conn_id": "bot", "channel": "C024BE91L"}, "mention": "<!here>", "remind_after": "never"}
    assert table_with({"alerts": said}) == TableAlerts(
        to=(Destination(conn_id="bot", channel="C024BE91L"),), mention="<!here>", remind_after=timedelta()
    )
    assert table_with({"alerts": {"mention": ""}}) == TableAlerts(mention="")
    assert table_with({"alerts": {"to": ["a", "b"], "remind_after": "2d"}}) == TableAlerts(
        to=(Destination(conn_id="a"), Destination(conn_id="b")), remind_after=timedelta(days=2)
    )


def test_what_the_deployment_says_is_no_table_s() -> None:
    assert table_with({}, {"alerts": {"default": "slack_default"}}) == TableAlerts()


USABLE = Route(owner="growth", to=(Destination(conn_id="a"),))
WRONG = [
    "growth",
    None,
    {"owner": 1, "to": "a"},
    {"owner": "b", "to": 3},
    {"owner": "b", "to": {"channel": "C1"}},
    {"owner": "b", "quiet": {"from": "25:00", "to": "08:00"}},
    {"owner": "b", "quiet": {"days": ["saturday"]}},
    {"owner": "b", "quiet": 3},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_route_that_is_wrong_is_left_out_and_no_other(wrong: object) -> None:
    alerts = settings_from_data({"alerts": {"routes": [wrong, {"owner": "growth", "to": "a"}], "digest_at": 9}}).alerts
    assert alerts == AlertSettings(routes=(USABLE,))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from(["3d", "20:00", "sat", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["default", "routes", "owner", "tag", "to", "quiet", "from", "days", "conn_id", "remind_after"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(VALUES, VALUES)
def test_no_value_stops_a_table_from_being_read(owners: object, alerts: object) -> None:
    """A running task reads `defaults.yaml` unchecked."""
    settings = settings_from_data({"owners": owners, "alerts": alerts})
    assert isinstance(settings.alerts, AlertSettings)
    assert all(isinstance(owner.name, str) for owner in settings.owners)


def test_one_folder_has_its_settings_read_once() -> None:
    """They are long where there are many routes, and each of a thousand files has them."""
    defaults = {"alerts": {"routes": [{"owner": "growth", "to": "a"}]}}
    data = {"table": "nps", "schema": "analytics", "main_sql": "SELECT 1 AS a"}
    first, second = (from_data(data, defaults, Path("nps.yaml")).settings for _ in range(2))
    assert first is second
    assert first.alerts.routes == (USABLE,)
    assert from_data(data, {}, Path("nps.yaml")).settings.alerts == AlertSettings()
