"""What a rule is.

A rule is a module of this package with a `RULE`; its docstring is its manual. What people see as `error[select-star]`
stands in `select_star.py`, its test in `tests/lint/rules/test_select_star.py`.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import Literal

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.model.problem import Finding, Level, Place, Problem

Check = Callable[[TableFile, ConfigFolder], Iterator[Finding[Place]]]
"""What is wrong with a file, which stands in a folder."""

Stage = Literal["build", "waiting", "lint"]
"""Of a file that breaks the rule: `build`: it gets no DAG. `waiting`: its DAG would not start by itself. `lint`: only
lint says so, and a comment can silence it."""

Needs = Literal["place", "file", "folder"]
"""What a rule has to see: `place`: what it is about, so that it is asked also where other keys of the file are wrong.
`folder`: other files, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """All that others know of a rule.

    `has_edits`: some of its findings bring one. `is_of_schema`: the schema finds the same, before any rule is asked.
    `certain`: the rule by which a warehouse says for certain what this one supposes; empty: it supposes nothing.
    """

    check: Check
    level: Level
    stage: Stage = "lint"
    needs: Needs = "file"
    has_edits: bool = False
    is_of_schema: bool = False
    certain: str = ""

    @property
    def id(self) -> str:
        """The name by which people know it: that of its module."""
        return self.check.__module__.rpartition(".")[2].replace("_", "-")

    @property
    def manual(self) -> str:
        """What is said of it at length, with PASS and FAIL."""
        return cleandoc(sys.modules[self.check.__module__].__doc__ or "")

    @property
    def can_be_ignored(self) -> bool:
        """Whether a comment silences it: what Airflow refuses has to be fixed."""
        return self.stage == "lint"


def problems(rule: Rule, file: TableFile, folder: ConfigFolder) -> Iterator[Problem]:
    """What `rule` says of `file`, as problems."""
    for finding in rule.check(file, folder):
        yield Problem.of(finding, file.path, rule=rule.id, level=rule.level)
