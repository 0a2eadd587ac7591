"""Tables that read others without waiting for them."""

import re
from pathlib import Path

import pytest

from summary_tables.lint.rules import missing_after, refresh_interval, seldom_parent
from tests.dbt.made_project import give_project, node
from tests.lint.rules.one_rule import config, said

OTHERS = {
    "a": config("SELECT 1 AS one", "schedule: '@daily'\n", name="a"),
    "b": config("SELECT 1 AS one", "schedule: {after: [analytics.a]}\n", name="b"),
    "by_hand": config("SELECT 1 AS one", "schedule: none\n", name="by_hand"),
}
MAIN_SQL = "SELECT a.one\nFROM analytics.a AS a, ANALYTICS.B AS b, analytics.a AS c, analytics.by_hand AS d, raw_data.x"


def test_waiting_or_nothing_to_wait_for(tmp_path: Path) -> None:
    waiting = config(MAIN_SQL, "schedule: {after: [analytics.b, analytics.a]}\n")
    assert said(missing_after.RULE, tmp_path, waiting, **OTHERS) == []
    assert said(missing_after.RULE, tmp_path, config(MAIN_SQL, "schedule: none\n"), **OTHERS) == []
    assert said(missing_after.RULE, tmp_path, config(MAIN_SQL), **OTHERS) == []


def test_whole_line_to_write_in_place_of_a_cron(tmp_path: Path) -> None:
    assert said(missing_after.RULE, tmp_path, config(MAIN_SQL, 'schedule: "0 3 * * *"\n'), **OTHERS) == [
        "5:8+11 warning: `main_sql` reads analytics.a and analytics.b, tables of this folder, "
        "and does not wait for them: it may read what was built a day ago; "
        'fix: write `schedule: {after: [analytics.a, analytics.b]}` instead of `schedule: "0 3 * * *"`; or '
        '`schedule: {at: "0 3 * * *", after: [analytics.a, analytics.b]}`, to keep its times'
    ]


GROWS = "refresh: {delete_insert: {time_column: one}}\n"


def test_a_table_that_grows_by_its_intervals_keeps_its_times(tmp_path: Path) -> None:
    (found,) = said(missing_after.RULE, tmp_path, config(MAIN_SQL, f'schedule: "0 3 * * *"\n{GROWS}'), **OTHERS)
    assert found.endswith(
        'fix: write `schedule: {at: "0 3 * * *", after: [analytics.a, analytics.b]}` instead of `schedule: "0 3 * * *"`'
    )


def test_times_that_come_more_often_are_not_kept(tmp_path: Path) -> None:
    (found,) = said(missing_after.RULE, tmp_path, config(MAIN_SQL, 'schedule: "@hourly"\n'), **OTHERS)
    assert found.endswith('fix: write `schedule: {after: [analytics.a, analytics.b]}` instead of `schedule: "@hourly"`')
    (found,) = said(missing_after.RULE, tmp_path, config(MAIN_SQL, f'schedule: "@hourly"\n{GROWS}'), **OTHERS)
    assert found.endswith("it may read what was built a day ago; fix: ")


@pytest.mark.parametrize("more", ['schedule: "0 3 * * *"\n', f'schedule: "0 3 * * *"\n{GROWS}'])
def test_nothing_is_said_of_what_the_remedies_make(more: str, tmp_path: Path) -> None:
    (found,) = said(missing_after.RULE, tmp_path, config(MAIN_SQL, more), **OTHERS)
    written = [line for line in re.findall(r"`(schedule: [^`]+)`", found.partition("; fix: ")[2]) if "after" in line]
    assert len(written) == (1 if "refresh" in more else 2)
    for line in written:
        text = config(MAIN_SQL, more.replace('schedule: "0 3 * * *"', line))
        for rule in (missing_after.RULE, seldom_parent.RULE, refresh_interval.RULE):
            assert said(rule, tmp_path, text, **OTHERS) == []


def test_tables_already_waited_for_stay_in_the_line(tmp_path: Path) -> None:
    assert said(missing_after.RULE, tmp_path, config(MAIN_SQL, "schedule: {after: [analytics.a]}\n"), **OTHERS) == [
        "5:26+11 warning: `main_sql` reads analytics.b, a table of this folder, "
        "and does not wait for it: it may read what was built a day ago; "
        "fix: write `schedule: {after: [analytics.a, analytics.b]}`"
    ]


def test_inherited_cron(tmp_path: Path) -> None:
    text = config("SELECT one FROM analytics.a")
    assert said(missing_after.RULE, tmp_path, text, **OTHERS, defaults="schedule: '@daily'\n") == [
        "4:19+11 warning: `main_sql` reads analytics.a, a table of this folder, "
        "and does not wait for it: it may read what was built a day ago; "
        "fix: write `schedule: {after: [analytics.a]}` (defaults.yaml says @daily); or "
        '`schedule: {at: "@daily", after: [analytics.a]}`, to keep its times'
    ]


def test_waiting_would_be_a_circle(tmp_path: Path) -> None:
    a = config("SELECT 1 AS one", "schedule: {after: [analytics.t]}\n", name="a")
    text = config("SELECT one FROM analytics.b", "schedule: '@daily'\n")
    assert said(missing_after.RULE, tmp_path, text, **{**OTHERS, "a": a}) == [
        "4:19+11 warning: `main_sql` reads analytics.b, which in turn waits for analytics.t: "
        "it reads what was built before; fix: let one of the two read the tables from which the other is made"
    ]


WORDS = (
    "5:8+11 warning: `main_sql` reads analytics.a and analytics.b, tables of this folder, and does not wait for them: "
    "it may read what was built a day ago; fix: "
)


def test_what_is_waited_for_already_stays(tmp_path: Path) -> None:
    schedule = '{at: "0 6 * * *", after: [{asset: "landed"}, {table: raw_data.x, column: t, within_hours: 2}]}'
    assert said(missing_after.RULE, tmp_path, config(MAIN_SQL, f"schedule: {schedule}\n"), **OTHERS) == [
        f'{WORDS}write `schedule: {{at: "0 6 * * *", after: [{{asset: "landed"}}, {{table: "raw_data.x", column: "t", '
        "within_hours: 2}, analytics.a, analytics.b]}`"
    ]


def test_any_of_several_says_nothing_of_what_must_be_there(tmp_path: Path) -> None:
    text = config(MAIN_SQL, "schedule: {after: {any: [{asset: landed}]}}\n")
    assert said(missing_after.RULE, tmp_path, text, **OTHERS) == [WORDS]


def test_a_model_that_a_dbt_project_builds(tmp_path: Path) -> None:
    give_project(tmp_path, [node("orders"), node("customers")])
    shop = 'dbt: {project: dbt/shop}\nschedule: "0 1 * * *"\n'
    text = config("SELECT orders.id FROM shop.orders", 'schedule: "0 3 * * *"\n')
    assert said(missing_after.RULE, tmp_path, text, shop=shop) == [
        "4:25+11 warning: `main_sql` reads shop.orders, which the dbt project shop builds, and does not wait for it: "
        "it may read what was built a day ago; fix: write `schedule: {after: [shop.orders]}` instead of "
        '`schedule: "0 3 * * *"`; or `schedule: {at: "0 3 * * *", after: [shop.orders]}`, to keep its times'
    ]
    waiting = config("SELECT orders.id FROM shop.orders", "schedule: {after: [shop.orders]}\n")
    assert said(missing_after.RULE, tmp_path, waiting, shop=shop) == []
    by_hand = "dbt: {project: dbt/shop}\nschedule: none\n"
    assert said(missing_after.RULE, tmp_path, text, shop=by_hand) == []
