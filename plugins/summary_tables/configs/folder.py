"""`dag_configs/` as it stands: the files that can be read, and what is wrong with all others."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Any

from summary_tables.configs.config import DEFAULTS_FILE, from_data, paths, shown_name
from summary_tables.configs.file_content import is_there, read_content
from summary_tables.configs.schema import check
from summary_tables.configs.schema.check import SchemaName
from summary_tables.configs.schema.usable_defaults import UsableDefaults, usable_defaults
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Problem


@dataclass(frozen=True, kw_only=True)
class ConfigFolder:
    """`files` are those that the schema allows, in the order of their names; `problems` is what hid the others.

    `unreadable` has the names, without schema, of tables whose file hid. `defaults` is what `defaults.yaml` says; None
    while something in it is wrong: then `usable` is what can be relied on, and the files are read with that. `asked`:
    what messages call the files of which somebody wants to hear; None: of all.
    """

    path: Path
    files: tuple[TableFile, ...]
    problems: tuple[Problem, ...]
    unreadable: frozenset[str]
    defaults: dict[str, Any] | None
    usable: UsableDefaults | None = None
    asked: frozenset[str] | None = None

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


def read_folder(path: Path) -> ConfigFolder:
    """Reads every file. Never raises for what a file holds: one file must not stop the others."""
    usable, wrong = _usable_defaults(path)
    known = usable.data if usable else {}
    found = {table_path.stem: read_file(table_path, known) for table_path in paths(path)}
    hidden = {name: problems for name, problems in found.items() if isinstance(problems, tuple)}
    return ConfigFolder(
        path=path,
        files=tuple(file for file in found.values() if isinstance(file, TableFile)),
        problems=(*wrong, *chain.from_iterable(hidden.values()), *_overlooked_files(path)),
        unreadable=frozenset(hidden),
        defaults=None if wrong else known,
        usable=usable,
    )


def read_defaults(folder: Path) -> dict[str, Any] | tuple[Problem, ...]:
    """What `defaults.yaml` says, or what is wrong with it. A folder may do without the file."""
    usable, wrong = _usable_defaults(folder)
    return usable.data if usable and not wrong else wrong


def _usable_defaults(folder: Path) -> tuple[UsableDefaults | None, tuple[Problem, ...]]:
    """What of `defaults.yaml` can be relied on, and what is wrong with it. Never raises."""
    path = folder / DEFAULTS_FILE
    if not is_there(path):
        return UsableDefaults(data={}), ()
    name = shown_name(path)
    try:
        document = yaml_document.read(path, name)
    except Exception as error:
        return None, (mistake_of_the_program(name, error),)
    if isinstance(document, tuple):
        return None, document
    try:
        wrong = check.problems(document, "defaults")
    except Exception as error:  # what cannot be put into words may be wrong all the same
        wrong = (mistake_of_the_program(name, error),)
    if wrong:
        return usable_defaults(document), wrong
    return UsableDefaults(data=document.data if isinstance(document.data, dict) else {}), ()


def read_file(path: Path, defaults: dict[str, Any]) -> TableFile | tuple[Problem, ...]:
    """One table's file, or why it cannot be read. Never raises."""
    try:
        document = _valid_document(path, "summary_table")
        if isinstance(document, tuple) or not isinstance(document.data, dict):
            return document if isinstance(document, tuple) else ()
        return TableFile(config=from_data(document.data, defaults, path), document=document)
    except Exception as error:
        return (mistake_of_the_program(shown_name(path), error),)


def mistake_of_the_program(file: str, error: Exception) -> Problem:
    """What is said where checking a file raised: the others must be checked all the same."""
    message = f"checking the file failed ({type(error).__name__}: {error}); that is a mistake of the program"
    fix = "report it together with the file; until then, write the last change in another way"
    return Problem(file=file, line=0, column=0, rule="file", message=message, fix=fix)


def _valid_document(path: Path, schema: SchemaName) -> YamlDocument | tuple[Problem, ...]:
    if not path.name.isprintable():
        message = "the name of the file has characters in it that cannot be shown"
        return (_overlooked(path, message, "call it after its table"),)
    document = yaml_document.read(path, shown_name(path))
    if isinstance(document, tuple):
        return document
    return check.problems(document, schema) or document


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
    return Problem(file=shown_name(path), line=0, column=0, rule="file-name", message=message, fix=fix)
