"""A schedule with a time zone: the one in UTC that is offered instead means the same moments."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.schedule import cron, time_zones

WITHOUT_SUMMER_TIME = ("Asia/Seoul", "Asia/Kolkata", "Asia/Kathmandu", "America/Phoenix", "Pacific/Kiritimati", "UTC")
CRONS = st.sampled_from([*cron.PRESETS, "*/5 * * * *", "0 * * * 1", "0 0 1 * *"]) | st.builds(
    "{} {} * * {}".format, st.integers(0, 59), st.integers(0, 23), st.sampled_from("*01234567")
)


@given(CRONS, st.sampled_from(WITHOUT_SUMMER_TIME), st.sampled_from(["CRON_TZ={zone} {cron}", "{cron} {zone}"]))
def test_what_is_to_be_written_means_the_same_moments(fields: str, zone: str, spelling: str) -> None:
    found = time_zones.words(spelling.format(zone=zone, cron=fields))
    assert found is not None
    offered = re.match(r'write "([^"]+)"', found.fix)
    if offered:
        start = datetime(2026, 11, 28, 12, 34, tzinfo=UTC)
        local = [moment.astimezone(UTC) for moment in cron.next_runs(fields, start.astimezone(ZoneInfo(zone)), 5)]
        assert list(cron.next_runs(offered[1], start, 5)) == local
    else:
        assert "* * *" not in fields or found.fix == "write the time in UTC, five fields"


@pytest.mark.parametrize("text", ["0 0 3 * * MON", "@daily", "0 3 * * *", "CRON_TZ=Asia/Seoul", "Asia/Seoul"])
def test_what_names_no_zone_is_for_others_to_judge(text: str) -> None:
    assert time_zones.words(text) is None
