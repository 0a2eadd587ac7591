"""A rule is found by its id, and its page says what it is."""

import re

import pytest

from docs_pages import DOCS
from docs_pages.rule_groups import GROUPS
from summary_tables.lint.rule_index import IGNORABLE_RULES, RULE_IDS, level_of, summary_of

INDEX = (DOCS / "rules.md").read_text("utf-8")


def test_every_rule_stands_in_one_group() -> None:
    """A new one needs its line in docs_pages/rule_groups.py."""
    assert sorted(rule for rules in GROUPS.values() for rule in rules) == sorted(RULE_IDS)


def test_index_has_a_line_for_every_rule() -> None:
    row = r"^\| \[`([\w-]+)`\]\(rules/([\w-]+)\.md\) \| (\w+) \| .+ \| (?:fix)?(?:, )?(ignore|) \|$"
    rows = re.findall(row, INDEX, re.MULTILINE)
    assert sorted(rows) == [
        (rule, rule, level_of(rule), "ignore" if rule in IGNORABLE_RULES else "") for rule in sorted(RULE_IDS)
    ]


def test_index_can_be_read() -> None:
    assert len(INDEX.split()) < 3000


@pytest.mark.parametrize("rule", RULE_IDS)
def test_page_of_a_rule_says_what_it_is(rule: str) -> None:
    page = (DOCS / "rules" / f"{rule}.md").read_text("utf-8")
    level = level_of(rule).capitalize()
    assert page.startswith(f"# `{rule}`\n")
    assert re.search(rf"^\*(?:Said (?:only )?where .*?\. )?{level}; (can|cannot) be ignored", page, re.MULTILINE)
    assert summary_of(rule) in page.replace("\n", " ")
    assert (f"# lint: ignore[{rule}] the reason" in page) == (rule in IGNORABLE_RULES)
