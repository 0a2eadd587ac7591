"""The dates in SQL have Airflow's names and formats, and every run has them."""

from datetime import UTC, datetime

from summary_tables.sql.templates.dates import template_dates

DUE = datetime(2026, 11, 22, 3, 0, 5, tzinfo=UTC)
START = datetime(2026, 11, 21, 3, tzinfo=UTC)
END = datetime(2026, 11, 22, 3, tzinfo=UTC)


def test_scheduled_run() -> None:
    assert template_dates(logical_date=START, start=START, end=END, due=DUE) == {
        "logical_date": START,
        "data_interval_start": START,
        "data_interval_end": END,
        "ds": "2026-11-21",
        "ds_nodash": "20261121",
        "ts": "2026-11-21T03:00:00+00:00",
        "ts_nodash": "20261121T030000",
        "ts_nodash_with_tz": "20261121T030000+0000",
    }


def test_run_without_dates_of_its_own() -> None:
    assert template_dates(logical_date=None, start=None, end=None, due=DUE) == {
        "logical_date": DUE,
        "data_interval_start": DUE,
        "data_interval_end": DUE,
        "ds": "2026-11-22",
        "ds_nodash": "20261122",
        "ts": "2026-11-22T03:00:05+00:00",
        "ts_nodash": "20261122T030005",
        "ts_nodash_with_tz": "20261122T030005+0000",
    }
