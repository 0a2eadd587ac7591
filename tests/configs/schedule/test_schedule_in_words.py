"""When a table is built, in words."""

from dataclasses import replace

import pytest

from summary_tables.configs.schedule.schedule_in_words import schedule_in_words
from summary_tables.model.parents import AssetParent, SourceParent
from summary_tables.model.table import Schedule

ORDERS = AssetParent(asset="s3://landing/orders")
LOADED = SourceParent(table="raw.orders", column="loaded_at", within_hours=6)


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(cron="0 3 * * *"), "every day at 03:00 UTC"),
        (Schedule(cron="@hourly"), "every hour"),
        (Schedule(), "when somebody starts it"),
        (Schedule(after=("a.b",)), "as soon as <a.b> is published"),
        (Schedule(after=("a.b", "a.c")), "as soon as <a.b> and <a.c> are both published"),
        (Schedule(after=("a.b", "a.c", "a.d")), "as soon as <a.b>, <a.c> and <a.d> are all published"),
        (Schedule(after=("a.b", "a.c"), any_of=True), "as soon as <a.b> or <a.c> is published"),
        (Schedule(after=("a.b", ORDERS)), "as soon as <a.b> and the asset <s3://landing/orders> are both published"),
        (
            Schedule(after=("a.b", LOADED)),
            "as soon as <a.b> is published and <raw.orders> has rows of the last 6 hours",
        ),
        (
            Schedule(cron="0 6 * * *", after=("a.b",)),
            "every day at 06:00 UTC, but not before <a.b> is published",
        ),
        (
            Schedule(cron="0 6 * * *", after=("a.b", LOADED, ORDERS), any_of=True),
            "every day at 06:00 UTC, but not before <a.b> or the asset <s3://landing/orders> is published or "
            "<raw.orders> has rows of the last 6 hours",
        ),
        (
            Schedule(cron="0 6 * * *", after=(replace(LOADED, within_hours=1),)),
            "every day at 06:00 UTC, but not before <raw.orders> has rows of the last hour",
        ),
        (Schedule(after=(LOADED,)), "when somebody starts it"),
        (Schedule(cron="0 25 * * *"), "<0 25 * * *>, which Airflow cannot use"),
    ],
)
def test_words(schedule: Schedule, words: str) -> None:
    assert schedule_in_words(schedule, lambda name: f"<{name}>") == words
