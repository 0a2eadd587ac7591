"""A schedule with a time zone: what is offered instead means the same moments."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.schedule import cron, time_zones
from tests.configs.schema.findings import said

ZONES = {
    "Asia/Seoul": "Asia/Seoul",
    "KST": "Asia/Seoul",
    "Europe/Berlin": "Europe/Berlin",
    "US/Pacific": "America/Los_Angeles",
    "asia/kolkata": "Asia/Kolkata",
}
CRONS = st.sampled_from([*cron.PRESETS, "*/5 * * * *", "0 * * * 1", "0 0 1 * *"]) | st.builds(
    "{} {} * * {}".format, st.integers(0, 59), st.integers(0, 23), st.sampled_from("*01234567")
)
FILE = "table: t\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@given(
    CRONS,
    st.sampled_from(sorted(ZONES)),
    st.sampled_from(["CRON_TZ={zone} {cron}", "{cron} {zone}", "{cron} ({zone})"]),
)
def test_what_is_to_be_written_is_the_schedule_in_that_zone(fields: str, zone: str, spelling: str) -> None:
    found = time_zones.words(spelling.format(zone=zone, cron=fields))
    assert found is not None
    assert found.fix == f'write `schedule: "{fields}"` and, on a line of its own, `timezone: {ZONES[zone]}`'
    lines = re.findall("`([^`]+)`", found.fix)
    assert said(FILE + "\n".join(lines)) == []


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("CRON_TZ=UTC @daily", 'write `schedule: "@daily"`: without a `timezone` it is in UTC'),
        ("0 3 * * * GMT", 'write `schedule: "0 3 * * *"`: without a `timezone` it is in UTC'),
        (
            "0 3 * * * EST",
            'write `schedule: "0 3 * * *"` and, on a line of its own, `timezone` with the name of a place such as '
            "`Asia/Seoul`",
        ),
        ("CRON_TZ=Asia/Seoul 0 25 * * *", "write five cron fields and, on a line of its own, `timezone: Asia/Seoul`"),
    ],
)
def test_other_zones_and_other_times(text: str, fix: str) -> None:
    found = time_zones.words(text)
    assert found is not None
    assert found.fix == fix
    assert found.message.startswith("the time zone `")


@pytest.mark.parametrize("text", ["0 0 3 * * MON", "@daily", "0 3 * * *", "CRON_TZ=Asia/Seoul", "Asia/Seoul"])
def test_what_names_no_zone_is_for_others_to_judge(text: str) -> None:
    assert time_zones.words(text) is None
