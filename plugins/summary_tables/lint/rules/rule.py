"""What a rule is.

A rule is a module of this package with `LEVEL` and `check`; its docstring is its manual. What people see as
`error[select-star]` stands in `select_star.py`, its test in `tests/lint/rules/test_select_star.py`.
"""

from collections.abc import Iterator
from typing import Protocol

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.model.problem import Finding, Level, Place, Problem


class Rule(Protocol):
    """A module of this package."""

    LEVEL: Level

    def check(self, file: TableFile, folder: ConfigFolder, /) -> Iterator[Finding[Place]]:
        """What is wrong with `file`, which stands in `folder`."""
        ...


def rule_id(rule: Rule) -> str:
    """The name by which people know the rule: that of its module."""
    name: str = getattr(rule, "__name__")  # noqa: B009 - modules have it, the protocol of a module cannot say so
    return name.rpartition(".")[2].replace("_", "-")


def problems(rule: Rule, file: TableFile, folder: ConfigFolder) -> Iterator[Problem]:
    """What `rule` says of `file`, as problems."""
    for finding in rule.check(file, folder):
        yield Problem.of(finding, file.path, rule=rule_id(rule), level=rule.LEVEL)
