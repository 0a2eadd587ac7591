"""Readers of a table that is to go, before and after its last day."""

from datetime import date
from pathlib import Path

import pytest

from summary_tables.lint.facts import deprecations
from summary_tables.lint.rules import deprecated_source, expired_source
from tests.lint.rules.one_rule import config, said

QUERY = "SELECT o.one FROM analytics.old o JOIN analytics.old again ON true"
OLD = config("SELECT 1 AS one", 'deprecated: {after: "2026-12-31", use: analytics.new}\nowner: growth\n', name="old")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    on(date(2026, 12, 31), monkeypatch)


def on(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deprecations, "today", lambda: day)


def both(tmp_path: Path, text: str, **others: str) -> list[str]:
    rules = deprecated_source.RULE, expired_source.RULE
    return [line for rule in rules for line in said(rule, tmp_path, text, **others)]


def test_each_table_once_at_its_first_place(tmp_path: Path) -> None:
    text = config(QUERY, "schedule: {after: [analytics.old]}\n")
    assert both(tmp_path, text, old=OLD) == [
        "4:21+13 warning: `main_sql` reads analytics.old, which is deprecated and goes after 2026-12-31; "
        "fix: take analytics.new, which its file names in its place"
    ]


def test_the_day_after_it_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on(date(2027, 1, 1), monkeypatch)
    assert both(tmp_path, config(QUERY), old=OLD) == [
        "4:21+13 error: `main_sql` reads analytics.old, which is deprecated and was to go after 2026-12-31; "
        "fix: take analytics.new, which its file names in its place"
    ]


def test_who_waits_for_it_and_where_nothing_takes_its_place(tmp_path: Path) -> None:
    old = OLD.replace(", use: analytics.new", "")
    assert both(tmp_path, config("SELECT 1 AS one", "schedule: {after: [analytics.old]}\n"), old=old) == [
        "5:20+13 warning: `after` waits for analytics.old, which is deprecated and goes after 2026-12-31; "
        "fix: ask its owner, growth, what to take in its place"
    ]


def test_nobody_else_is_told(tmp_path: Path) -> None:
    own = config("SELECT one FROM {schema}.{table}", 'deprecated: {after: "2026-12-31"}\n')
    assert both(tmp_path, own, old=OLD) == []
    assert both(tmp_path, config("SELECT 1 AS one FROM raw_data.old"), old=OLD) == []
    assert both(tmp_path, config(QUERY), old=config("SELECT 1 AS one", name="old")) == []
