"""Every id that a message can show is known, explained, and can be asked for."""

import re
from inspect import signature
from pathlib import Path

import pytest

from summary_tables.lint.engine import lint
from summary_tables.lint.rule_index import (
    IGNORABLE_RULES,
    READER_RULES,
    RULE_IDS,
    WAREHOUSE_RULES,
    has_edits,
    level_of,
    manual_of,
    stage_of,
    summary_of,
)
from summary_tables.lint.rules import BUILD_RULES, RULES, WAITING_RULES
from summary_tables.lint.rules.rule import Rule

CASES = Path(__file__).parents[1] / "cases" / "lint" / "invalid"


def test_every_id_of_the_corpus_is_registered() -> None:
    said = "\n".join(path.read_text("utf-8") for path in CASES.glob("*.txt"))
    shown = set(re.findall(r"^\S.*?: (?:error|warning|info)\[([a-z-]+)\] ", said, re.MULTILINE))
    assert shown - set(RULE_IDS) == set()
    assert len(shown) > 10


def test_no_id_stands_twice() -> None:
    assert len(RULE_IDS) == len(set(RULE_IDS))


@pytest.mark.parametrize("rule", RULE_IDS)
def test_every_rule_is_explained(rule: str) -> None:
    assert summary_of(rule).endswith(".")
    assert "\n" not in summary_of(rule)
    assert manual_of(rule).split()[:5] == summary_of(rule).split()[:5]
    assert level_of(rule) in ("error", "warning", "info")


def test_what_airflow_refuses_cannot_be_ignored() -> None:
    refused = {*READER_RULES, *(rule.id for rule in (*BUILD_RULES, *WAITING_RULES))}
    assert not refused & IGNORABLE_RULES
    assert {rule.id for rule in RULES if rule.stage == "lint"} <= IGNORABLE_RULES


def test_unknown_id() -> None:
    with pytest.raises(KeyError):
        manual_of("nothing")


def test_order_in_which_mistakes_come_to_light() -> None:
    assert [stage_of(rule) for rule in ("yaml", "value", "cron", "select-star", "lint-comment", "warehouse-table")] == [
        0, 1, 1, 2, 2, 2,
    ]  # fmt: skip


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.certain], ids=lambda rule: rule.id)
def test_what_a_warehouse_says_for_certain_has_a_rule(rule: Rule) -> None:
    assert rule.certain in WAREHOUSE_RULES


def test_rules_with_edits_are_those_whose_cases_have_some() -> None:
    problems = lint([CASES], most=None).problems
    assert {problem.rule for problem in problems if problem.edit} == {rule for rule in RULE_IDS if has_edits(rule)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_that_looks_at_other_files_says_so(rule: Rule) -> None:
    _, folder = signature(rule.check).parameters
    assert (folder == "folder") == (rule.needs == "folder")
