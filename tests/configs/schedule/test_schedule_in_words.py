"""When a table is built, in words."""

import pytest

from summary_tables.configs.schedule.schedule_in_words import schedule_in_words
from summary_tables.model.table import Schedule


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(cron="0 3 * * *"), "every day at 03:00 UTC"),
        (Schedule(cron="@hourly"), "every hour"),
        (Schedule(), "when somebody starts it"),
        (Schedule(after=("a.b",)), "as soon as <a.b> is published"),
        (Schedule(after=("a.b", "a.c")), "as soon as <a.b> and <a.c> are both published"),
        (Schedule(after=("a.b", "a.c", "a.d")), "as soon as <a.b>, <a.c> and <a.d> are all published"),
        (Schedule(cron="0 25 * * *"), "<0 25 * * *>, which Airflow cannot use"),
    ],
)
def test_words(schedule: Schedule, words: str) -> None:
    assert schedule_in_words(schedule, lambda name: f"<{name}>") == words
