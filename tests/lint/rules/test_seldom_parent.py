"""A table with times of its own that waits for one that is due seldomer."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import seldom_parent
from tests.dbt.made_project import give_project, node
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    ("at", "schedule", "words"),
    [
        ("0 6 * * *", "0 3 * * *", ""),
        ("0 6 * * *", "0 6 * * *", ""),
        ("0 6 * * *", "0 7 * * *", ""),
        ("0 6 * * *", "0 * * * *", ""),
        ("0 6 * * 1", "0 3 * * *", ""),
        ("0 6 * * *", "0 3 * * 1", "every Monday at 03:00 UTC"),
        ("0 6 * * *", "0 3 * * 1-5", "every day from Monday to Friday at 03:00 UTC"),
    ],
)
def test_each_run_finds_one_that_is_due(at: str, schedule: str, words: str, tmp_path: Path) -> None:
    other = f'table: other\nschema: analytics\nschedule: "{schedule}"\nmain_sql: SELECT 1 AS a\n'
    text = config("SELECT 1 AS a", f'schedule: {{at: "{at}", after: [analytics.other]}}\n')
    found = said(seldom_parent.RULE, tmp_path, text, other=other)
    message = (
        f"5:37+15 warning: some runs would wait for analytics.other in vain: it is built {words}, and this table "
        "begins every day at 06:00 UTC; fix: let `at` come as often as analytics.other is built, or seldomer; or leave "
        "`at` out"
    )
    assert found == ([message] if words else [])


BY_HAND = (
    "5:37+15 warning: runs would wait for analytics.other in vain: {why}, and this table begins every day at 06:00 "
    "UTC; fix: give analytics.{of} a `schedule`, or leave `at` out"
)


@pytest.mark.parametrize(
    ("schedule", "root", "words"),
    [
        ("none", "none", BY_HAND.format(why="it is built when somebody starts it", of="other")),
        (
            "{after: [analytics.root]}",
            "none",
            BY_HAND.format(why="it waits for analytics.root, which is built when somebody starts it", of="root"),
        ),
        (
            "{after: [analytics.root]}",
            '"0 3 * * 1"',
            "5:37+15 warning: some runs would wait for analytics.other in vain: it waits for analytics.root, which is "
            "built every Monday at 03:00 UTC, and this table begins every day at 06:00 UTC; fix: let `at` come as "
            "often as analytics.other is built, or seldomer; or leave `at` out",
        ),
        ("{after: [analytics.root]}", '"0 3 * * *"', ""),
        ("{after: {any: [analytics.root, analytics.unknown]}}", '"0 3 * * 1"', ""),
        ("{after: [analytics.unknown]}", "none", ""),
        ("{after: [analytics.other]}", "none", ""),
    ],
)
def test_what_starts_it_comes_too_seldom(schedule: str, root: str, words: str, tmp_path: Path) -> None:
    text = "table: {}\nschema: analytics\nschedule: {}\nmain_sql: SELECT 1 AS a\n"
    others = {"other": text.format("other", schedule), "root": text.format("root", root)}
    more = 'schedule: {at: "0 6 * * *", after: [analytics.other]}\n'
    found = said(seldom_parent.RULE, tmp_path, config("SELECT 1 AS a", more), **others)
    assert found == ([words] if words else [])


@pytest.mark.parametrize(
    ("more", "schedule"),
    [
        ('schedule: {at: "0 6 * * *", after: [analytics.other]}\n', '"0 3 * * *"'),
        ("schedule: {after: [analytics.other]}\n", "none"),
    ],
)
def test_the_remedies_leave_nothing_to_say(more: str, schedule: str, tmp_path: Path) -> None:
    other = f"table: other\nschema: analytics\nschedule: {schedule}\nmain_sql: SELECT 1 AS a\n"
    assert said(seldom_parent.RULE, tmp_path, config("SELECT 1 AS a", more), other=other) == []


def test_each_schedule_is_told_in_its_own_zone(tmp_path: Path) -> None:
    other = 'table: other\nschema: analytics\nschedule: "0 3 * * 1"\ntimezone: Europe/Berlin\nmain_sql: SELECT 1 AS a\n'
    more = 'schedule: {at: "0 6 * * *", after: [analytics.other]}\ntimezone: Asia/Seoul\n'
    (found,) = said(seldom_parent.RULE, tmp_path, config("SELECT 1 AS a", more), other=other)
    assert (
        "it is built every Monday at 03:00 Europe/Berlin, and this table begins every day at 06:00 Asia/Seoul" in found
    )


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (
            "none",
            "runs would wait for shop.orders in vain: it is built when somebody starts it, and this table begins every "
            "day at 06:00 UTC; fix: give dag_configs/shop.yaml a `schedule`, or leave `at` out",
        ),
        (
            '"0 3 * * 1"',
            "some runs would wait for shop.orders in vain: it is built every Monday at 03:00 UTC, and this table "
            "begins every day at 06:00 UTC; fix: let `at` come as often as shop.orders is built, or seldomer; or leave "
            "`at` out",
        ),
        ('"0 3 * * *"', ""),
    ],
)
def test_a_model_is_built_when_its_dbt_project_runs(schedule: str, words: str, tmp_path: Path) -> None:
    give_project(tmp_path, [node("orders")])
    shop = f"dbt: {{project: dbt/shop}}\nschedule: {schedule}\n"
    text = config("SELECT 1 AS a", 'schedule: {at: "0 6 * * *", after: [shop.orders]}\n')
    found = said(seldom_parent.RULE, tmp_path, text, shop=shop)
    assert [line.partition(" warning: ")[2] for line in found] == ([words] if words else [])
