"""The options that name rules: `--select`, `--ignore`, `--explain`."""

import argparse
from collections.abc import Iterable

from summary_tables.commands.usage_error import UsageError
from summary_tables.lint.rule_index import IGNORABLE_RULES, RULE_IDS, level_of, manual_of
from summary_tables.lint.rule_selection import RuleSelection
from summary_tables.text.spelling import nearest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    for option, words in (("--select", "report these rules only"), ("--ignore", "report all rules but these")):
        parser.add_argument(option, help=words, action="append", default=[], metavar="RULE[,RULE]")
    parser.add_argument("--explain", metavar="RULE", help="say what the rule wants, and stop")


def selection(arguments: argparse.Namespace) -> RuleSelection:
    """Raises UsageError where no rule has that name."""
    return RuleSelection(select=frozenset(_rules(arguments.select)), ignore=frozenset(_rules(arguments.ignore)))


def explanation(rule: str) -> str:
    """The rule's manual. Raises UsageError where no rule has that name."""
    name = _known(rule)
    return f"{name} ({level_of(name)})\n\n{manual_of(name)}\n\n{_how_to_ignore(name)}\n"


def _how_to_ignore(rule: str) -> str:
    if rule in IGNORABLE_RULES:
        return (
            f"To ignore it, write `# lint: ignore[{rule}] reason`: at the end of a line for that line, on a line of\n"
            "its own for the whole file. In SQL write `--` in place of `#`."
        )
    return "It cannot be ignored in a file: a file that breaks it does not work."


def _rules(given: Iterable[str]) -> list[str]:
    return [_known(rule.strip()) for part in given for rule in part.split(",") if rule.strip()]


def _known(rule: str) -> str:
    """The rule's name. People may copy it with its brackets, or from the name of its module."""
    name = rule.strip("[]").replace("_", "-")
    if name in RULE_IDS:
        return name
    near = nearest(name, RULE_IDS)
    raise UsageError(f"there is no rule `{rule}`; " + (f"write `{near}`" if near else f"the rules are {_listed()}"))


def _listed() -> str:
    return ", ".join(sorted(RULE_IDS))
