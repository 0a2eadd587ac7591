"""What is said of schedules that Airflow could not use: all words in one golden list, each below its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.schedule.cron import ANY_MOMENT, CronError, next_runs
from summary_tables.configs.schedule.cron_mistake import mistake
from tests.golden_files import assert_golden

WRONG = (
    "0 25 * * *",
    "0 24 * * *",
    "3 30 * * *",
    "61 * * * *",
    "0 3-25 * * *",
    "9999999999999999999999 * * * *",
    "0 3 0 * *",
    "0 3 * 13 *",
    "0 3 * * 8",
    "0 3 * * MONDAY",
    "0 3 * MON *",
    "0 3 * * abc",
    "0 3h * * *",
    "0 0 31 2 *",
    "0 0 30,31 feb *",
    "0 0 31 2,4,6 *",
    "*/0 * * * *",
    "0 3 */x * *",
    "1,,2 3 * * *",
    "-5 3 * * *",
    "0 3 * * 1-",
    "0 3 * * *;",
    "0 3 * * L",
    "0 3 W * *",
    "0 3 * * 1#6",
    "0 3 * * 1#2,3",
    "? 3 * * *",
    "R R * * *",
    "H(0-5) 3 * * *",
    "0 0 3 * * *",
    "* * * * * *",
    "0 3 * * * 2026",
    "0 3 * *",
    "3 *",
    "0 3",
    "3:00",
    "every day at three",
    "매일",
    "",
    "daily",
    "Hourly",
    "@dayly",
    "@quarterly",
    "@once",
    "@noon",
    "0 3 * * * Asia/Seoul",
    "0 3 * * * (KST)",
    "0 3 * * 1 Asia/Seoul",
    "CRON_TZ=Asia/Seoul 0 3 * * *",
    "TZ=America/Los_Angeles 0 20 * * *",
    "0 3 * * * America/New_York",
    "0 3 * * * UTC",
    "*/5 * * * * Asia/Seoul",
    "0 3 * * * Asia/Nowhere",
    "CRON_TZ=Asia/Seoul @daily",
    "CRON_TZ=Asia/Seoul @weekly",
    "CRON_TZ=Asia/Seoul @monthly",
    "CRON_TZ=Asia/Seoul @hourly",
    "CRON_TZ=Asia/Kolkata @hourly",
    "CRON_TZ=Europe/Berlin @daily",
    "CRON_TZ=UTC @dayly",
    "CRON_TZ=Asia/Seoul none",
    "CRON_TZ=Asia/Seoul 0 3 * *",
    "CRON_TZ=Asia/Seoul",
    "@daily Asia/Seoul",
    "0 10 1 * * KST",
    "0 0 3 * * MON",
)

RIGHT = (
    "0 3 * * *",
    "@daily",
    " 0\t3 * *  * ",
    "0 3 L * *",
    "0 3 ? * 1#2",
    "0 3 * * L5,l6",
    "0 0 29 2 *",
    "0 0 31 2 1",
    "*/99 3 * * 7",
)


def test_words_for_each_mistake() -> None:
    assert_golden("cron/mistakes.txt", "\n".join(map(_framed, WRONG)))


def _framed(cron: str) -> str:
    found = mistake(cron)
    assert found is not None, cron
    fix = f"fix: {found.fix}\n" if found.fix else ""
    return f"{cron}\n{' ' * found.place.offset}{'^' * found.place.length} {found.message}\n{fix}"


@pytest.mark.parametrize("cron", RIGHT)
def test_what_airflow_takes_is_taken(cron: str) -> None:
    assert mistake(cron) is None


PIECES = st.sampled_from(
    [
        *"0123456789*/,-#?LlWhHR ",
        "60",
        "mon",
        "FEB",
        "xyz",
        " ",
        " ",
        "* ",
        "0 ",
        "\t",
        "\xa0",
        "@daily",
        "UTC",
        "CRON_TZ=Asia/Seoul ",
        "½",
        "가",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=20))
def test_any_text_has_an_answer_that_lies_within_it(text: str) -> None:
    found = mistake(text)
    if found:
        assert found.place.length >= 1
        assert 0 <= found.place.offset <= max(len(text) - found.place.length, 0)
        assert "\n" not in found.message + found.fix
    else:
        assert next_runs(text, ANY_MOMENT, 3) == tuple(sorted(next_runs(text, ANY_MOMENT, 3)))


FIELDS = st.sampled_from(
    ["*", "0", "3", "31", "59", "60", "*/5", "1-5", "5-1", "1,15", "L", "?", "mon", "feb", "1#2", "2#6", "x"]
)


@given(st.lists(FIELDS, min_size=5, max_size=5).map(" ".join))
def test_only_what_croniter_refuses_is_a_mistake(cron: str) -> None:
    try:
        next_runs(cron, ANY_MOMENT, 1)
    except CronError:
        assert mistake(cron) is not None
    else:
        assert mistake(cron) is None
