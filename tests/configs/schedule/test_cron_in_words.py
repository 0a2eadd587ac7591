"""Schedules in words: one golden list, and the promise that there are words for whatever can be read."""

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.schedule.cron import CronError, times
from summary_tables.configs.schedule.cron_in_words import in_words
from tests.golden_files import assert_golden

SCHEDULES = (
    "@hourly",
    "@daily",
    "@weekly",
    "@monthly",
    "@yearly",
    "0 3 * * *",
    "30 2,14 * * *",
    "0 0-23/6 * * *",
    "0 */2 * * *",
    "0 22-2 * * *",
    "20 * * * *",
    "*/15 * * * *",
    "5/10 * * * *",
    "5,35 * * * *",
    "* * * * *",
    "* 3 * * *",
    "10-50/5 3 * * *",
    "1,2,3 3,4,5 * * *",
    "1 1,2,3,4,7,8,9 * * *",
    "0 3 * * 7",
    "0 3 * * MON-FRI",
    "0 3 * * sun,6",
    "0 3 * * 5-1",
    "0 3 * * 1#2",
    "0 3 * * L5",
    "0 3 * * 0-6",
    "0 9-17 * * 1-5",
    "*/15 9-17 * * 1-5",
    "0 3 1 * *",
    "0 3 1,15 * ?",
    "17 3 1-7 * *",
    "0 3 L * *",
    "0 3 1,L 1,4,7,10 *",
    "0 0 1 jan *",
    "0 3 * jan-jan *",
    "0 3 * 2/3 *",
    "*/15 * * 2 1",
    "0 3 15 * 1",
    "0 3 15 2 1#1",
)


def test_words() -> None:
    assert_golden("cron/words.txt", "".join(f"{cron:22}{in_words(cron)}\n" for cron in SCHEDULES))


NUMBERS = st.sampled_from(
    ["*", "0", "3", "1,2", "1-5", "*/2", "*/7", "2-5/3", "5-2", "L", "?", "1#2", "L3", "mon", "feb"]
)


@given(st.lists(NUMBERS, min_size=5, max_size=5).map(" ".join))
def test_what_can_be_read_has_words_and_the_same_times_have_the_same(cron: str) -> None:
    try:
        found = times(cron)
    except CronError:
        return
    spelt = " ".join(",".join(map(str, part)) for part in (found.minutes, found.hours, found.days, found.months))
    weekdays = "*" if found.any_weekday else ",".join(map(str, found.weekdays))
    if not found.nth and not found.any_day:
        assert in_words(f"{spelt} {weekdays}") == in_words(cron)
    assert in_words(cron).isprintable()
