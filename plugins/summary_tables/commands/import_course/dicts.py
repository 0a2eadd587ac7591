"""A Python file of dicts -> drafts of configs, each with the name of its file, and what is to be said of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from summary_tables.commands.import_course import source
from summary_tables.commands.import_course.sheet_dags import is_from_sheet, sheet_problems, writes_to_sheet
from summary_tables.commands.import_course.source import CourseFile
from summary_tables.commands.import_course.table import ConvertedTable, convert, problem_at, snippet
from summary_tables.commands.new.config_text import Key
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.config import DEFAULTS_FILE
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.sql.dialect import Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTable:
    """What one dict becomes. `computed`: the keys, at any depth, whose value could not be read."""

    draft: Draft
    computed: frozenset[str]

    def is_echo(self, problem: Problem) -> bool:
        """Lint misses in the draft what is known not to have been carried over."""
        misses = (problem.message.startswith(f"`{key}` is missing ") for key in self.computed)
        return problem.rule == "missing-key" and any(misses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What one Python file becomes."""

    tables: tuple[ImportedTable, ...]
    problems: tuple[Problem, ...]


def imported(raw: bytes, file: str, folder: Path, dialect: Dialect) -> Imported:
    """The configs that the file `file` with the content `raw` describes, to stand in `folder`. Never raises."""
    if Path(file).suffix.lower() in (".yaml", ".yml"):
        fix = f"put it into {folder.name}/ as it is, then run `summary-tables lint`"
        return Imported(tables=(), problems=(problem_at(file, WHOLE_FILE, "the file is YAML already", fix),))
    found = source.read(raw)
    if isinstance(found, Finding):
        return Imported(tables=(), problems=(problem_at(file, found.place, found.message, found.fix),))
    tables = [convert(table, file, dialect) for table in found.tables if not is_from_sheet(table)]
    said = (*_leftovers(found, file), *sheet_problems(found, file))
    problems = (*said, *(problem for table in tables for problem in table.problems))
    described = [_with_docstring(table, found, is_last=table is tables[-1]) for table in tables]
    return Imported(tables=tuple(_named(described, file, folder)), problems=tuple(sorted(problems)))


def _leftovers(found: CourseFile, file: str) -> Iterator[Problem]:
    for piece in found.leftovers:
        if writes_to_sheet(piece):
            continue
        message = f"`{snippet(piece.source)}` is Python code, not a table; nothing of it is carried over"
        yield problem_at(file, piece.place, message, level="warning")
    if not found.tables:
        fix = "a table is a dict with 'table', 'schema' and 'main_sql'"
        yield problem_at(file, WHOLE_FILE, "no table is described in the file", fix)


def _with_docstring(table: ConvertedTable, found: CourseFile, *, is_last: bool) -> ConvertedTable:
    """A docstring describes the table of its file; where there are several, it stays a comment."""
    config = table.config
    if found.docstring and len(found.tables) == 1 and not any(key.name == "description" for key in config.keys):
        config = replace(config, keys=(*config.keys, Key(name="description", value=found.docstring)))
    elif found.docstring:
        config = replace(config, comments=(found.docstring, *config.comments))
    return replace(table, config=replace(config, tail=(*config.tail, *found.tail)) if is_last else config)


_FILE_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def _named(tables: list[ConvertedTable], file: str, folder: Path) -> Iterator[ImportedTable]:
    """A table without a usable name gets a file that is called after the Python file."""
    stem = re.sub(r"\W", "_", Path(file).stem.lower(), flags=re.ASCII)
    for number, table in enumerate(tables, start=1):
        name = table.table if _FILE_NAME.fullmatch(table.table) else stem if number == 1 else f"{stem}_{number}"
        name = f"{name}_table" if f"{name}.yaml" == DEFAULTS_FILE else name
        draft = Draft(path=folder / f"{name}.yaml", text=str(table.config))
        yield ImportedTable(draft=draft, computed=table.computed)
