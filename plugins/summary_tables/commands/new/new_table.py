"""What is offered for a new table, and what lint says of each answer before there is a file."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from summary_tables.commands.new import draft as config_draft
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.config import DEFAULTS_FILE
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml import text as yaml_text
from summary_tables.lint.facts.source_tables import main_sources
from summary_tables.model.problem import Problem
from summary_tables.model.shown_name import shown_name
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import UTC_NAME

DAILY = "0 3 * * *"
"""Offered where `defaults.yaml` names no schedule: every day at 03:00."""


@dataclass(frozen=True, kw_only=True)
class NewTable:
    """A table that is to get its file in `folder`. `may_replace`: a file of that name may exist."""

    folder: ConfigFolder
    may_replace: bool = False

    @cached_property
    def schemas(self) -> tuple[str, ...]:
        """The schemas in use, the most used one first."""
        return _most_used(file.config.table.schema for file in self.folder.files)

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """The owners that may be named: those that `defaults.yaml` lists, else those in use."""
        listed = (self.folder.defaults or {}).get("owners", ())
        return tuple(listed) or _most_used(file.config.table.owner for file in self.folder.files)

    @property
    def default_owner(self) -> str:
        return str((self.folder.defaults or {}).get("owner", SummaryTable.__dataclass_fields__["owner"].default))

    @property
    def default_schedule(self) -> str:
        """That of `defaults.yaml` where it is a text."""
        found = (self.folder.defaults or {}).get("schedule")
        return found if isinstance(found, str) else ""

    @property
    def timezone(self) -> str:
        """That of `defaults.yaml`: in it are the times of its schedule."""
        return str((self.folder.defaults or {}).get("timezone", UTC_NAME))

    @cached_property
    def known_source(self) -> str:
        """A table that others here read and nobody here builds; empty if there is none."""
        names = {f"{schema}.{name}" for name, found in self.folder.schemas_of_tables.items() for schema in found}
        return min(names - self.folder.by_name.keys(), default="")

    def path(self, table: str) -> Path:
        """Where the file of a table is to stand."""
        return self.folder.path / f"{table}.yaml"

    def problem_of(self, key: str, value: object) -> str:
        """What is wrong with the answer `value` for `key`, in the words of lint; empty if nothing is."""
        if isinstance(value, str) and not value.isprintable() and any(map(_is_half, value)):
            return "the answer is not UTF-8"
        if key == "table" and (taken := self._taken(str(value))):
            return taken
        found = next(iter(self._said_of(key, value)), None)
        return "" if found is None else f"{found.message}; fix: {found.fix}" if found.fix else found.message

    def _taken(self, table: str) -> str:
        path = self.path(table)
        if path.name == DEFAULTS_FILE:
            return f"{shown_name(path)} holds what all tables share; fix: choose another name"
        exists = _FILE_NAME.fullmatch(table) and not self.may_replace and path.exists()
        return f"{shown_name(path)} exists; fix: choose another name, or change that file" if exists else ""

    def _said_of(self, key: str, value: object) -> Iterable[Problem]:
        """The answer stands at the end of a small file: what is said of a line from there on is said of the answer."""
        others = {name: example for name, example in _SMALL_FILE.items() if name != key}
        before = "".join(yaml_text.entry(name, example) for name, example in others.items())
        name = value if key == "table" and isinstance(value, str) and value.isidentifier() else _SMALL_FILE["table"]
        draft = Draft(path=self.path(str(name)), text=before + yaml_text.entry(key, value))
        problems = config_draft.problems([draft], self.folder)
        return (problem for problem in problems if problem.line > len(others) and problem.level != "info")


_FILE_NAME = re.compile(r"\w{1,100}")
_SMALL_FILE = {"table": "new_table", "schema": "new_schema", "main_sql": "SELECT 1 AS one"}


def sources_of(text: str, path: Path, folder: ConfigFolder) -> tuple[str, ...]:
    """The tables that `main_sql` of a file with this text reads; none where it cannot be read."""
    file = config_draft.read(Draft(path=path, text=text), folder)
    if not isinstance(file, TableFile):
        return ()
    names = (source.name for source in main_sources(file) if source.read.schema)
    return tuple(dict.fromkeys(names))


def _most_used(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(sorted(names)).most_common())


def _is_half(character: str) -> bool:
    """What stands for a byte that was no UTF-8."""
    return "\ud800" <= character <= "\udfff"
