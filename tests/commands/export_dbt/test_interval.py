"""What a build of dbt covers, by the macros of the project: as the runs of the table do."""

import datetime as datetime_module
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import jinja2
import pytest

from summary_tables.commands import export_dbt
from summary_tables.commands.export_dbt.interval import day_begins
from summary_tables.model.table import Schedule, SummaryTable
from summary_tables.runs.scheduled_dates import last_run, run_of_day

pytz = pytest.importorskip("pytz", reason="dbt brings it; here it comes with Airflow")

FILE = files(export_dbt).joinpath("files", "macros", "interval.sql")
MACRO = re.compile(r"\{% macro (\w+).*?\{% endmacro %\}", re.DOTALL)


class ReturnedError(Exception):
    """How dbt's `return` leaves a macro."""


def returned(value: object) -> None:
    raise ReturnedError(value)


ENVIRONMENT = jinja2.Environment(autoescape=True)
ENVIRONMENT.globals |= {"return": returned, "modules": {"datetime": datetime_module, "pytz": pytz}}
TEMPLATES = {found[1]: ENVIRONMENT.from_string(found[0]) for found in MACRO.finditer(FILE.read_text("utf-8"))}


def called(name: str) -> Callable[..., Any]:
    def call(*values: object, **named: object) -> Any:
        try:
            return getattr(TEMPLATES[name].make_module(), name)(*values, **named)
        except ReturnedError as found:
            return found.args[0]

    return call


def macros(now: datetime, given: dict[str, Any], *, grows: bool = False, is_full: bool = False) -> dict[str, Any]:
    """Those of the file, as dbt calls them. `grows`: the table is there already."""
    ENVIRONMENT.globals |= {
        "var": given.get,
        "run_started_at": now,
        "is_incremental": lambda: grows,
        "should_full_refresh": lambda: is_full,
        **{name: called(name) for name in TEMPLATES},
    }
    return ENVIRONMENT.globals


def table(schedule: str, zone: str) -> SummaryTable:
    return SummaryTable(table="daily", schema="analytics", main_sql="", schedule=Schedule(cron=schedule), timezone=zone)


@pytest.mark.parametrize("schedule", ["@daily", "0 3 * * *", "30 2 * * *"])
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 6, 1)),
        ("Asia/Seoul", date(2026, 6, 1)),
        ("Europe/Berlin", date(2026, 3, 29)),
        ("Europe/Berlin", date(2026, 10, 25)),
    ],
)
def test_a_table_that_is_built_once_a_day(day: date, schedule: str, zone: str) -> None:
    """Without --vars the last complete interval, at any hour; with a day, the interval that begins on it."""
    daily = table(schedule, zone)
    begins = {"begins": found} if (found := day_begins(daily)) else {}
    for hour in (0, 1, 2, 17, 18, 22, 23):
        now = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)
        words, run = macros(now, {}), last_run(daily, now)
        assert (words["interval_start"](zone, **begins), words["interval_end"](zone, **begins)) == (run.start, run.end)
    run, given = run_of_day(daily, day), {"data_interval_start": day, "data_interval_end": day.replace(day=day.day + 1)}
    words = macros(now, given)
    assert (words["interval_start"](zone, **begins), words["interval_end"](zone, **begins)) == (run.start, run.end)


def test_the_first_build_of_a_table_that_grows() -> None:
    """It begins as the first run does, and with --full-refresh as a full refresh does."""
    now, given = datetime(2026, 6, 1, tzinfo=UTC), {"data_interval_start": "2026-05-01"}
    first = ("Asia/Seoul", "2026-01-02", "03:00")
    assert macros(now, given)["interval_start"](*first).isoformat() == "2026-01-02T03:00:00+09:00"
    assert macros(now, given, is_full=True)["interval_start"](*first).isoformat() == "2026-01-02T00:00:00+09:00"
    assert macros(now, given, grows=True)["interval_start"](*first).isoformat() == "2026-05-01T03:00:00+09:00"


def test_a_moment_is_that_moment() -> None:
    """Whenever a day begins."""
    given = {"data_interval_end": "2026-10-25T02:30:00+01:00", "data_interval_start": "2026-10-25 01:30"}
    words = macros(datetime(2026, 11, 1, tzinfo=UTC), given)
    assert words["interval_end"]("Europe/Berlin", "03:00") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert words["interval_start"]("Europe/Berlin", begins="03:00") == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
