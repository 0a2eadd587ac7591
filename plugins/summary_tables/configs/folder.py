"""`dag_configs/` as it stands: the files that can be read, and what is wrong with all others."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summary_tables.configs.config import DEFAULTS_FILE, from_data, paths
from summary_tables.configs.file_content import NoContent, is_there, read_content
from summary_tables.configs.known_good import KnownGood
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import WHOLE_FILE, Finding, Place, Problem

if TYPE_CHECKING:
    from summary_tables.configs.schema.usable_defaults import UsableDefaults


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenFile:
    """A file that cannot be used, and why; `document`: what it says, where only keys or values are wrong."""

    path: Path
    problems: tuple[Problem, ...]
    document: YamlDocument | None = None


@dataclass(frozen=True, kw_only=True)
class ConfigFolder:
    """`files` are those that the schema allows, in the order of their names; `hidden` the others.

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
    hidden: tuple[HiddenFile, ...] = ()
    asked: frozenset[Path] | None = None
    statements: Mapping[Path, bytes] = field(default_factory=dict)
    good: frozenset[Path] = frozenset()

    @cached_property
    def by_name(self) -> Mapping[str, TableFile]:
        """The readable files by the full name of their table."""
        return {file.full_name: file for file in self.files}

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
        problems=(*chain.from_iterable(file.problems for file in every), *_overlooked_files(path)),
        unreadable=frozenset(file.path.stem for file in hidden),
        defaults=None if defaults.hidden else known,
        usable=defaults.usable,
        hidden=every,
        statements={table_path: each.statement for table_path, each in read.items() if each.statement},
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
    return memory.knows(memory.folder(statements)) and not any(_overlooked_files(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """Which contents are known to be good, with this content of `defaults.yaml`; None: there is no such file."""

    defaults: bytes | None
    memory: KnownGood

    def statement(self, path: Path, content: bytes) -> bytes:
        return self.memory.file(path.name, content, self.defaults)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    file: TableFile | HiddenFile
    statement: bytes = b""
    is_good: bool = False


def _read(path: Path, defaults: dict[str, Any], judge: _Judge | None) -> _Read:
    content = read_content(path)
    if judge is None or isinstance(content, NoContent):
        return _Read(file=_checked(path, content, defaults))
    statement = judge.statement(path, content)
    known = _known(path, content, defaults) if judge.memory.knows(statement) else None
    return _Read(file=known or _checked(path, content, defaults), statement=statement, is_good=known is not None)


def _known(path: Path, content: bytes, defaults: dict[str, Any]) -> TableFile | None:
    """None: it is not what it was thought to be."""
    try:
        document = yaml_document.parse_again(content)
        if isinstance(document.data, dict):
            return TableFile(config=from_data(document.data, defaults, path), document=document)
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
        return _Defaults(usable=None, hidden=_failed(path, error))
    if isinstance(document, tuple):
        return _Defaults(usable=None, hidden=_hidden(path, document))
    try:
        wrong = check.findings(document, "defaults")
    except Exception as error:  # what cannot be put into words may be wrong all the same
        return _Defaults(usable=usable_defaults(document), hidden=_failed(path, error, document))
    if wrong:
        return _Defaults(usable=usable_defaults(document), hidden=_hidden(path, wrong, document))
    return _Defaults(usable=UsableDefaults(data=document.data if isinstance(document.data, dict) else {}))


def read_file(path: Path, defaults: dict[str, Any]) -> TableFile | tuple[Problem, ...]:
    """One table's file, or why it cannot be read. Never raises."""
    found = _checked(path, read_content(path), defaults)
    return found.problems if isinstance(found, HiddenFile) else found


def _checked(path: Path, content: bytes | NoContent, defaults: dict[str, Any]) -> TableFile | HiddenFile:
    """Never raises."""
    try:
        return _table_file(path, content, defaults)
    except Exception as error:
        return _failed(path, error)


def _table_file(path: Path, content: bytes | NoContent, defaults: dict[str, Any]) -> TableFile | HiddenFile:
    from summary_tables.configs.schema import check

    if not path.name.isprintable():
        message = "the name of the file has characters in it that cannot be shown"
        return HiddenFile(path=path, problems=(_overlooked(path, message, "call it after its table"),))
    document = yaml_document.from_content(content)
    if isinstance(document, tuple):
        return _hidden(path, document)
    if wrong := check.findings(document, "summary_table"):
        return _hidden(path, wrong, document)
    data = document.data if isinstance(document.data, dict) else {}
    return TableFile(config=from_data(data, defaults, path), document=document)


def _hidden(path: Path, wrong: Iterable[Finding[Place]], document: YamlDocument | None = None) -> HiddenFile:
    return HiddenFile(path=path, problems=tuple(Problem.of(found, path) for found in wrong), document=document)


def _failed(path: Path, error: Exception, document: YamlDocument | None = None) -> HiddenFile:
    return HiddenFile(path=path, problems=(mistake_of_the_program(path, error),), document=document)


def mistake_of_the_program(path: Path, error: Exception) -> Problem:
    """What is said where checking a file raised: the others must be checked all the same."""
    message = f"checking the file failed ({type(error).__name__}: {error}); that is a mistake of the program"
    fix = "report it together with the file; until then, write the last change in another way"
    return Problem.of(Finding(place=WHOLE_FILE, rule="file", message=message, fix=fix), path)


_CONFIG_LIKE = (".yaml", ".yml", ".json", ".txt")


def _overlooked_files(folder: Path) -> Iterator[Problem]:
    """Files that somebody meant as configs and that would otherwise do nothing, silently."""
    for path in sorted(found for found in folder.iterdir() if not found.name.startswith(".")):
        if path.is_dir():
            yield from _overlooked_folder(path)
        elif path.suffix != ".yaml" and _is_config_like(path):
            name = f"{path.name.partition('.')[0]}.yaml"
            fix = (
                f"move what it says to {name}, and delete it"
                if is_there(path.with_name(name))
                else f"rename it to {name}"
            )
            yield _overlooked(path, "the file is not read: configs end in .yaml", fix)


_MOST_FOLDERS_LOOKED_INTO = 100


def _overlooked_folder(path: Path) -> Iterator[Problem]:
    """What a link leads to is not looked at: it may be the whole machine. One that ends in .yaml is told already."""
    fix = "move them up into the folder above"
    if path.is_symlink():
        if path.suffix == ".yaml":
            return
        yield _overlooked(
            path, "it is a link to a folder, and the files there are not read", "put the files themselves here"
        )
    elif any(map(_looks_like_yaml, _names_below(path))):
        yield _overlooked(path, "the files in this folder are not read", fix)


def _names_below(path: Path) -> Iterator[str]:
    """Folders that nobody may read, and more of them than anybody makes by hand, are left out."""
    for _, _, names in islice(os.walk(path), _MOST_FOLDERS_LOOKED_INTO):
        yield from names


def _looks_like_yaml(name: str) -> bool:
    return fnmatchcase(name, "*.y*ml")


_MAIN_SQL_LINE = re.compile(rb"^main_sql:", re.MULTILINE)
_MOST_BYTES_LOOKED_AT = 100_000


def _is_config_like(path: Path) -> bool:
    """By its ending, or by what it says, such as `orders`, `orders.sql` or `orders.yaml.bak`."""
    if path.suffix.lower() in (*_CONFIG_LIKE, ".md"):
        return path.suffix.lower() in _CONFIG_LIKE
    content = read_content(path, _MOST_BYTES_LOOKED_AT)
    return isinstance(content, bytes) and _MAIN_SQL_LINE.search(content) is not None


def _overlooked(path: Path, message: str, fix: str) -> Problem:
    return Problem.of(Finding(place=WHOLE_FILE, rule="file-name", message=message, fix=fix), path)
