"""What the library takes as a schedule, Airflow takes, and the other way round."""

import re

import pendulum
from airflow.exceptions import AirflowTimetableInvalid
from airflow.timetables.base import TimeRestriction
from airflow.timetables.interval import CronDataIntervalTimetable
from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.configs.schedule.cron_mistake import mistake
from summary_tables.configs.schema.check import load_schema

PATTERN = load_schema("summary_table")["properties"]["schedule"]["pattern"]
FIELDS = st.sampled_from(
    ["*", "0", "3", "29", "31", "61", "*/5", "1-5", "5-1", "1,15", "L", "?", "mon", "feb", "1#2", "2#6", "x"]
)
SPELT = st.lists(FIELDS, min_size=5, max_size=5).map(" ".join)


def _airflow_builds(cron: str) -> bool:
    """Whether Airflow accepts the schedule and finds a run of it."""
    timetable = CronDataIntervalTimetable(cron, timezone="UTC")
    start = pendulum.datetime(2024, 1, 1)
    try:
        timetable.validate()
        found = timetable.next_dagrun_info(
            last_automated_data_interval=None, restriction=TimeRestriction(earliest=start, latest=None, catchup=True)
        )
    except (AirflowTimetableInvalid, ValueError, TypeError, LookupError):
        return False
    return found is not None


@settings(deadline=None)
@given(SPELT | st.from_regex(PATTERN).filter(lambda text: len(text) < 60 and text not in ("none",)))
def test_schedule_is_a_mistake_exactly_where_airflow_cannot_use_it(cron: str) -> None:
    cron = cron.strip()
    randomly = re.search(r"(^|\s)[hr](\(|\s|/|,|$)", cron, re.IGNORECASE)
    assert (mistake(cron) is None) == (_airflow_builds(cron) and not randomly)
