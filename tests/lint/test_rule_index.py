"""Every id that a message can show is known, explained, and can be asked for."""

import re
from pathlib import Path

import pytest

from summary_tables.lint.rule_index import IGNORABLE_RULES, READER_RULES, RULE_IDS, level_of, manual_of, summary_of
from summary_tables.lint.rules import BUILD_RULES, LINT_RULES, WAITING_RULES
from summary_tables.lint.rules.rule import rule_id

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
    refused = {*READER_RULES, *map(rule_id, (*BUILD_RULES, *WAITING_RULES))}
    assert not refused & IGNORABLE_RULES
    assert set(map(rule_id, LINT_RULES)) <= IGNORABLE_RULES


def test_unknown_id() -> None:
    with pytest.raises(KeyError):
        manual_of("nothing")
