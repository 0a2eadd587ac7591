"""`dag_configs/` as it stands: the files that can be read, and what is wrong with all others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summary_tables.configs import dbt_config
from summary_tables.configs.config import DEFAULTS_FILE, SOURCES_FOLDER, from_data, paths, settings_from_data
from summary_tables.configs.dbt_config import DbtFile, is_dbt, is_meant_as_dbt
from summary_tables.configs.file_content import NoContent, is_there, read_content
from summary_tables.configs.hidden_file import HiddenFile, failed_file, hidden_file
from summary_tables.configs.known_good import KnownGood
from summary_tables.configs.overlooked_files import overlooked, overlooked_files
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.sql.dialects.registry import dialect_of

if TYPE_CHECKING:
    from summary_tables.configs.schema.usable_defaults import UsableDefaults
    from summary_tables.configs.sources import SourcesFolder


@dataclass(frozen=True, kw_only=True)
class ConfigFolder:
    """`files` are those of tables that the schema allows, in the order of their names, `projects` those of dbt
    projects, `hidden` the others.

    `problems` is what hid them, and what is wrong with the folder. `unreadable` has the names, without schema, of
    tables whose file hid. `defaults` is what `defaults.yaml` says; None while something in it is wrong: then `usable`
    is what can be relied on, and the files are read with that. `asked`: the files of which somebody wants to hear;
    None: of all. Where something is remembered of the folder, `statements` says of each readable file what to keep once
    it is found good, and `good` are those of which that is kept.
    """

    path: Path
    files: tuple[TableFile, ...]
    problems: tuple[Problem, ...]
    unreadable: frozenset[str]
    defaults: dict[str, Any] | None
    usable: "UsableDefaults | None" = None
    projects: tuple[DbtFile, ...] = ()
    hidden: tuple[HiddenFile, ...] = ()
    asked: frozenset[Path] | None = None
    statements: Mapping[Path, bytes] = field(default_factory=dict)
    good: frozenset[Path] = frozenset()
    memory: KnownGood | None = None

    @cached_property
    def by_name(self) -> Mapping[str, TableFile]:
        """The readable files by the full name of their table."""
        return {file.full_name: file for file in self.files}

    @cached_property
    def sources(self) -> "SourcesFolder":
        """What is known of the tables that others fill; read when it is asked for, and never by Airflow.

        Raises OSError where its folder cannot be read.
        """
        from summary_tables.configs.sources import read_sources

        dialect = settings_from_data(self.usable.data if self.usable else {}).warehouse.dialect
        return read_sources(self.path, dialect_of(dialect), self.by_name.keys())

    @cached_property
    def schemas_of_tables(self) -> Mapping[str, frozenset[str]]:
        """The schemas in which a table of some name stands, as far as the files and their queries say."""
        found: dict[str, set[str]] = {}
        for file in self.files:
            found.setdefault(file.config.table.table, set()).add(file.config.table.schema)
            for query in file.queries():
                for schema, name in _READ_TABLE.findall(query.text.lower()):
                    found.setdefault(name, set()).add(schema)
        return {name: frozenset(schemas) for name, schemas in found.items()}


# Reading every query of the folder by its grammar would cost more than all else that lint does.
_READ_TABLE = re.compile(r"\b(?:from|join)\s+([a-z_]\w*)\.([a-z_]\w*)")


def read_folder(path: Path, memory: KnownGood | None = None) -> ConfigFolder:
    """Reads every file. Never raises for what a file holds: one file must not stop the others.

    What `memory` knows to be good is not checked again.
    """
    content = _content_of_defaults(path)
    defaults = _read_defaults(path, content)
    known = defaults.usable.data if defaults.usable else {}
    judge = None
    if memory and not defaults.hidden and not isinstance(content, NoContent):
        judge = _Judge(defaults=content, memory=memory)
    read = {table_path: _read(table_path, known, judge) for table_path in paths(path)}
    hidden = [each.file for each in read.values() if isinstance(each.file, HiddenFile)]
    every = (*((defaults.hidden,) if defaults.hidden else ()), *hidden)
    return ConfigFolder(
        path=path,
        files=tuple(each.file for each in read.values() if isinstance(each.file, TableFile)),
        projects=tuple(each.file for each in read.values() if isinstance(each.file, DbtFile)),
        problems=(
            *chain.from_iterable(file.problems for file in every),
            *overlooked_files(path, known_folder=SOURCES_FOLDER),
        ),
        unreadable=frozenset(file.path.stem for file in hidden),
        defaults=None if defaults.hidden else known,
        usable=defaults.usable,
        hidden=every,
        statements={table_path: each.statement for table_path, each in read.items() if each.statement},
        memory=memory,
        good=frozenset(table_path for table_path, each in read.items() if each.is_good),
    )


def is_known_good(path: Path, memory: KnownGood) -> bool:
    """The folder as a whole is. Raises OSError where it cannot be read."""
    defaults = _content_of_defaults(path)
    if isinstance(defaults, NoContent):
        return False
    judge, statements = _Judge(defaults=defaults, memory=memory), list[bytes]()
    for table_path in paths(path):
        content = read_content(table_path)
        if isinstance(content, NoContent):
            return False
        statements.append(judge.statement(table_path, content))
    return memory.knows(memory.folder(statements)) and not any(overlooked_files(path, known_folder=SOURCES_FOLDER))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """Which contents are known to be good, with this content of `defaults.yaml`; None: there is no such file."""

    defaults: bytes | None
    memory: KnownGood

    def statement(self, path: Path, content: bytes) -> bytes:
        return self.memory.file(path.name, content, self.defaults)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    file: TableFile | DbtFile | HiddenFile
    statement: bytes = b""
    is_good: bool = False


def _read(path: Path, defaults: dict[str, Any], judge: _Judge | None) -> _Read:
    content = read_content(path)
    if judge is None or isinstance(content, NoContent):
        return _Read(file=_checked(path, content, defaults))
    statement = judge.statement(path, content)
    known = _known(path, content, defaults) if judge.memory.knows(statement) else None
    return _Read(file=known or _checked(path, content, defaults), statement=statement, is_good=known is not None)


def _known(path: Path, content: bytes, defaults: dict[str, Any]) -> TableFile | DbtFile | None:
    """None: it is not what it was thought to be."""
    try:
        document = yaml_document.parse_again(content)
        if isinstance(document.data, dict):
            return _readable(document, document.data, defaults, path)
    except Exception:
        return None
    return None


def read_defaults(folder: Path) -> dict[str, Any] | tuple[Problem, ...]:
    """What `defaults.yaml` says, or what is wrong with it. A folder may do without the file."""
    defaults = _read_defaults(folder, _content_of_defaults(folder))
    if defaults.hidden:
        return defaults.hidden.problems
    return defaults.usable.data if defaults.usable else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Defaults:
    """What of `defaults.yaml` can be relied on, and what is wrong with it."""

    usable: "UsableDefaults | None"
    hidden: HiddenFile | None = None


def _content_of_defaults(folder: Path) -> bytes | NoContent | None:
    """None: there is no such file."""
    path = folder / DEFAULTS_FILE
    return read_content(path) if is_there(path) else None


def _read_defaults(folder: Path, content: bytes | NoContent | None) -> _Defaults:
    """Never raises."""
    # They load jsonschema, which those who know the folder to be good have no use for.
    from summary_tables.configs.schema import check
    from summary_tables.configs.schema.usable_defaults import UsableDefaults, usable_defaults

    path = folder / DEFAULTS_FILE
    if content is None:
        return _Defaults(usable=UsableDefaults(data={}))
    try:
        document = yaml_document.from_content(content)
    except Exception as error:
        return _Defaults(usable=None, hidden=failed_file(path, error))
    if isinstance(document, tuple):
        return _Defaults(usable=None, hidden=hidden_file(path, document))
    try:
        wrong = check.findings(document, "defaults")
    except Exception as error:  # what cannot be put into words may be wrong all the same
        return _Defaults(usable=usable_defaults(document), hidden=failed_file(path, error, document))
    if wrong:
        return _Defaults(usable=usable_defaults(document), hidden=hidden_file(path, wrong, document))
    return _Defaults(usable=UsableDefaults(data=document.data if isinstance(document.data, dict) else {}))


def read_file(path: Path, defaults: dict[str, Any]) -> TableFile | tuple[Problem, ...]:
    """One table's file, or why it cannot be read. Never raises."""
    found = _checked(path, read_content(path), defaults)
    if isinstance(found, DbtFile):
        message = "the file is about a dbt project, and not about a table"
        return (Problem.of(Finding(place=WHOLE_FILE, rule="file", message=message, fix="name a table's file"), path),)
    return found.problems if isinstance(found, HiddenFile) else found


def _readable(
    document: YamlDocument, data: dict[str, Any], defaults: dict[str, Any], path: Path
) -> TableFile | DbtFile:
    if is_dbt(data):
        return DbtFile(config=dbt_config.from_data(data, defaults, path), document=document)
    return TableFile(config=from_data(data, defaults, path), document=document)


def _checked(path: Path, content: bytes | NoContent, defaults: dict[str, Any]) -> TableFile | DbtFile | HiddenFile:
    """Never raises."""
    try:
        return _table_file(path, content, defaults)
    except Exception as error:
        return failed_file(path, error)


def _table_file(path: Path, content: bytes | NoContent, defaults: dict[str, Any]) -> TableFile | DbtFile | HiddenFile:
    from summary_tables.configs.schema import check

    if not path.name.isprintable():
        message = "the name of the file has characters in it that cannot be shown"
        return HiddenFile(path=path, problems=(overlooked(path, message, "call it after its table"),))
    document = yaml_document.from_content(content)
    if isinstance(document, tuple):
        return hidden_file(path, document)
    if wrong := check.findings(document, "dbt_project" if is_meant_as_dbt(document.data) else "summary_table"):
        return hidden_file(path, wrong, document)
    data = document.data if isinstance(document.data, dict) else {}
    return _readable(document, data, defaults, path)
