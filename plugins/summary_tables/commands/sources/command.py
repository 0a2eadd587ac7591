"""`summary-tables sources`: what the configs read, as it stands in the warehouse, written into `sources/`."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.folder_option import chosen_folder
from summary_tables.commands.options.warehouse import Connected, RefusedError, add_warehouse_arguments, connected
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.config import SOURCES_FOLDER
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.model.source_table import TableKey
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.sql.quoting import schema_and_name
from summary_tables.text.visible import visible

if TYPE_CHECKING:
    from summary_tables.commands.sources.report import Found
    from summary_tables.lint.fixed_file import FixedFile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "tables",
        nargs="*",
        metavar="TABLE",
        help="schema.table, also one that no config reads yet; without any: all that the configs read, and all that "
        "the files have",
    )
    add_warehouse_arguments(parser, or_sample=True)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where a file is not as the warehouse is"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people or for programs")


def run(arguments: argparse.Namespace) -> int:
    """OK; PROBLEMS where the warehouse refuses, a person has to do something, or `--check` finds something."""
    folder = _folder(arguments)
    try:
        with connected(arguments) as at:
            found = _found(at, folder, [_key(name) for name in arguments.tables])
    except RefusedError as refused:
        print(f"summary-tables: {visible(str(refused))}", file=sys.stderr)
        return PROBLEMS
    if not arguments.check:
        for file in found.updates.files:
            _write(file)
    from summary_tables.commands.sources import report

    form = report.text if arguments.format == "text" else report.json_text
    print(form(found, is_check=arguments.check), end="")
    return PROBLEMS if _has_failed(found, is_check=arguments.check) else OK


def _has_failed(found: "Found", *, is_check: bool) -> bool:
    is_left = any(not difference.is_written for difference, _ in found.differences)
    return bool(found.differences) if is_check else is_left or bool(found.updates.left_alone)


def _folder(arguments: argparse.Namespace) -> ConfigFolder:
    path = chosen_folder(arguments)
    if not path.is_dir():
        raise UsageError(f"{path} is not a folder; name the one with the configs: --folder DIR")
    folder = read_folder(path)
    if folder.defaults is None:
        raise UsageError(f"{path}/defaults.yaml has errors: run `summary-tables lint {path}`")
    sources = path / SOURCES_FOLDER
    if sources.is_symlink() or (sources.exists() and not sources.is_dir()):
        raise UsageError(f"{sources} is no folder, and known sources are files in one of this name")
    return folder


def _key(name: str) -> TableKey:
    found = schema_and_name(name)
    if found is None:
        raise UsageError(f"{name} is not a table with its schema, such as raw_data.nps")
    return found


def _found(at: Connected, folder: ConfigFolder, named: Sequence[TableKey]) -> "Found":
    # They need the driver, or a parser of SQL.
    from summary_tables.commands.sources.breakage import Readers
    from summary_tables.commands.sources.drift import differences, judged
    from summary_tables.commands.sources.read_tables import read_tables
    from summary_tables.commands.sources.report import Found
    from summary_tables.commands.sources.update import updates
    from summary_tables.warehouse.source_catalog import standing_sources

    read, known = read_tables(folder), folder.sources
    asked = sorted({*named} or {*read.readers, *known.tables})
    standing = judged(standing_sources(at.connection, at.warehouse, asked))
    dialect = dialect_of(at.warehouse.dialect)
    found = differences(known, standing, asked, dialect)

    def columns(table: TableKey) -> tuple[str, ...]:
        sides = (side.tables[table] for side in (known, standing) if table in side.tables)
        return tuple(dict.fromkeys(column.name for side in sides for column in side.columns))

    readers = Readers(folder=folder, names=lambda table: read.readers.get(table, ()), columns=columns)
    return Found(
        folder=f"{folder.path.absolute().name}/{SOURCES_FOLDER}",
        tables=len(asked),
        differences=[(difference, readers.breakage(difference)) for difference in found],
        updates=updates(known, standing, found, dialect),
        standing=standing,
        readers=read.readers,
        without_schema=_without_named(read.without_schema, named),
        hidden=[f"{folder.path}/{SOURCES_FOLDER}/{file.path.name}" for file in known.hidden],
    )


def _without_named(names: Mapping[str, Sequence[str]], named: Sequence[TableKey]) -> Mapping[str, Sequence[str]]:
    return {} if named else names


def _write(file: "FixedFile") -> None:
    from summary_tables.commands import whole_file
    from summary_tables.lint.fixed_file import FileChangedError

    try:
        if file.before:
            file.write()
        else:
            file.path.parent.mkdir(exist_ok=True)
            whole_file.write(file.path, file.after.decode(), replace_existing=False)
    except (FileChangedError, FileExistsError):
        raise UsageError(f"{file.name} was changed by somebody else just now; run the command again") from None
    except OSError as error:
        raise UsageError(f"{file.name} cannot be written: {(error.strerror or 'unknown error').lower()}") from None
