"""Every id that can stand in the brackets of a message, and what is said of it at length."""

from collections.abc import Mapping
from inspect import cleandoc

from summary_tables.lint.dry_run import rule_ids
from summary_tables.lint.rules import LINT_RULES, RULES
from summary_tables.lint.rules.rule import Rule, rule_id
from summary_tables.model.problem import Level

READER_RULES: Mapping[str, str] = {
    "file": "The file can be read: it is UTF-8, not empty, and at most 1 MB. Of its problems the first 100 are said.",
    "yaml": "The file is YAML, and of YAML only what a config needs: no aliases, no tags, one document.",
    "shape": "The file is a list of `key: value` lines.",
    "value": "A value has the type and the form that its key wants.",
    "unknown-key": "Every key is one of the format; a misspelt key would do nothing, silently.",
    "missing-key": "The keys that a table cannot do without are there.",
    "duplicate-key": "A key stands once in its block: of two, one would win silently.",
    "lint-comment": "`# lint: ignore[rule] reason` names rules that can be ignored, says why, and hides something.",
}
"""What is found before there is a table to ask the rules about; each with its line of explanation."""

WAREHOUSE_RULES: Mapping[str, str] = {rule: f"{words[0].upper()}{words[1:]}." for rule, words in rule_ids.RULES.items()}
"""What only a warehouse knows: found where `--warehouse` asks it. Each with its line of explanation."""

TEST_RULES: Mapping[str, str] = {
    "query-test": "Each test in `tests` gives the rows that it expects: found by `summary-tables test`.",
}
"""What is found by running the tests of a query. Each with its line of explanation."""

IGNORABLE_RULES: frozenset[str] = frozenset({*map(rule_id, LINT_RULES), *WAREHOUSE_RULES})
"""The rules that `# lint: ignore[...]` silences. What Airflow refuses too is not among them."""

_RULES: Mapping[str, Rule] = {rule_id(rule): rule for rule in RULES}

_WITHOUT_MODULE: Mapping[str, str] = {**READER_RULES, **WAREHOUSE_RULES, **TEST_RULES}

RULE_IDS: tuple[str, ...] = (*READER_RULES, *_RULES, *WAREHOUSE_RULES, *TEST_RULES)
"""All of them: those of the reader, those of `rules/` in the order of their registry, those of a warehouse."""


def level_of(rule: str) -> Level:
    """How bad a problem of this id is, at worst. Raises KeyError for an id that is not in `RULE_IDS`."""
    return "error" if rule in _WITHOUT_MODULE else _RULES[rule].LEVEL


def summary_of(rule: str) -> str:
    """The first paragraph of its manual, on one line. Raises KeyError for an id that is not in `RULE_IDS`."""
    return " ".join(manual_of(rule).partition("\n\n")[0].splitlines())


def manual_of(rule: str) -> str:
    """What is said of the rule at length, with PASS and FAIL where it has them. Raises KeyError for an unknown id."""
    return _WITHOUT_MODULE[rule] if rule in _WITHOUT_MODULE else cleandoc(_RULES[rule].__doc__ or "")
