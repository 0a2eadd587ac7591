"""What people read about rows that a table lacks, and the commands that add them."""

from datetime import UTC, datetime

from summary_tables.model.build import MissingRuns
from summary_tables.model.table import Schedule, SummaryTable
from summary_tables.runs.missing_rows import hole_words, missing_words

TABLE = SummaryTable(table="daily", schema="analytics", main_sql="")
BY_THE_HOUR = SummaryTable(
    table="daily",
    schema="analytics",
    main_sql="SELECT '{{ data_interval_start }}' AS start",
    schedule=Schedule(cron="0 * * * *"),
)


def day(number: int, hour: int = 3, minute: int = 0) -> datetime:
    return datetime(2026, 11, number, hour, minute, tzinfo=UTC)


def test_after_a_roll_back() -> None:
    one = MissingRuns(spans=((day(7), day(10)),))
    assert missing_words(TABLE, one) == (
        "Missing in analytics.daily since it was rolled back: the rows of 2026-11-07 03:00 to 2026-11-10 03:00 UTC. "
        "To add them again: airflow backfill create --dag-id daily --from-date 2026-11-07T03:00Z "
        "--to-date 2026-11-10T02:59Z --reprocess-behavior completed. To build the whole table anew instead, "
        'start a run with the configuration {"full_refresh": true}.'
    )
    many = MissingRuns(spans=tuple((day(n), day(n + 1)) for n in range(1, 15, 2)))
    assert missing_words(TABLE, many) == (
        "Missing in analytics.daily since it was rolled back: the rows of 2026-11-01 03:00 to 2026-11-02 03:00 UTC, "
        "2026-11-03 03:00 to 2026-11-04 03:00 UTC, 2026-11-05 03:00 to 2026-11-06 03:00 UTC, "
        "2026-11-07 03:00 to 2026-11-08 03:00 UTC, 2026-11-09 03:00 to 2026-11-10 03:00 UTC and 2 more. "
        "To add them again: airflow backfill create --dag-id daily --from-date 2026-11-01T03:00Z "
        "--to-date 2026-11-14T02:59Z --reprocess-behavior completed. To build the whole table anew instead, "
        'start a run with the configuration {"full_refresh": true}.'
    )
    assert missing_words(TABLE, MissingRuns(moments=(day(7),))) == (
        "Missing in analytics.daily since it was rolled back: the rows of the run due 2026-11-07 03:00 UTC. "
        'To build the whole table anew, start a run with the configuration {"full_refresh": true}.'
    )


def test_holes() -> None:
    assert hole_words(TABLE, [(day(7), day(8))] * 6) == (
        f"No run of analytics.daily covered {', '.join(['2026-11-07 03:00 to 2026-11-08 03:00 UTC'] * 5)} and 1 more."
    )
    assert hole_words(BY_THE_HOUR, [(day(7, 3, 30), day(7, 6))]) == (
        "No run has added the rows of 2026-11-07 03:30 to 2026-11-07 06:00 UTC to analytics.daily. "
        "To add them, backfill the runs that are missing: airflow backfill create --dag-id daily "
        "--from-date 2026-11-07T04:00Z --to-date 2026-11-07T05:59Z --reprocess-behavior completed; "
        'start a run with the configuration {"data_interval_start": "2026-11-07 03:30 UTC", '
        '"data_interval_end": "2026-11-07 04:00 UTC"}.'
    )
