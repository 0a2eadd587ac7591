"""`sources/` beside the configs: what is known of the tables that others fill. A folder may do without it.

Airflow never comes here, so that nothing that is wrong in these files takes a DAG away.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from summary_tables.configs.config import FOLDER_NAME, SOURCES_FOLDER
from summary_tables.configs.file_content import NoContent, is_there, read_content
from summary_tables.configs.hidden_file import HiddenFile, failed_file, hidden_file
from summary_tables.configs.overlooked_files import overlooked, overlooked_files
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.model.problem import Finding, Level, Place, Problem
from summary_tables.model.source_table import LoadedAt, SourceColumn, SourceSchema, SourceTable, SourceType, TableKey
from summary_tables.sql.dialect import Dialect
from summary_tables.text.spelling import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that its schema allows. `document.place_of_value(("tables", 0, ...))` is where something stands."""

    path: Path
    schema: SourceSchema
    document: YamlDocument


@dataclass(frozen=True, kw_only=True)
class SourcesFolder:
    """`files` are those that the schema allows, in the order of their names; `hidden` the others.

    `problems` is what hid them and all else that is wrong. `unreadable` has the schemas whose file hid: what stands in
    them is not known.
    """

    path: Path
    files: tuple[SourceFile, ...] = ()
    hidden: tuple[HiddenFile, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def tables(self) -> Mapping[TableKey, SourceTable]:
        """Every known table. One that the files have twice, or a column, counts as what stands first."""
        found: dict[TableKey, SourceTable] = {}
        for file in self.files:
            for table in file.schema.tables:
                found.setdefault((file.schema.schema, table.name), table)
        return found

    @cached_property
    def types(self) -> Mapping[TableKey, SourceType]:
        """Every known type, by its schema and name."""
        found: dict[TableKey, SourceType] = {}
        for file in self.files:
            for kind in file.schema.types:
                found.setdefault((file.schema.schema, kind.name), kind)
        return found

    @property
    def schemas(self) -> Mapping[str, SourceSchema]:
        """What is known of each schema, by its name."""
        return {file.schema.schema: file.schema for file in self.files}

    @property
    def unreadable(self) -> frozenset[str]:
        """As far as their names are those of their schemas."""
        return frozenset(file.path.stem for file in self.hidden)


def configs_of(path: Path) -> Path | None:
    """The folder of configs that has `path` as its `sources/`; None: it is no such folder."""
    home = path.parent
    is_home = home.name == FOLDER_NAME or next(home.glob("*.yaml"), None) is not None
    return home if path.name == SOURCES_FOLDER and is_home else None


def file_stem(schema: str) -> str:
    """What the file of a schema is called, without `.yaml`: no file can have each sign that a schema can."""
    name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", schema)
    return f"_{name[1:]}" if name.startswith(".") else name


def read_sources(folder: Path, dialect: Dialect, built: Collection[str] = ()) -> SourcesFolder:
    """What `sources/` in the folder of the configs says. Never raises for what a file holds.

    `built` has the full names of the tables that the configs build themselves. Raises OSError where the folder cannot
    be read.
    """
    path = folder / SOURCES_FOLDER
    if not is_there(path) or path.is_symlink():
        return SourcesFolder(path=path)
    if not path.is_dir():
        words = "known sources are files in a folder of this name, one for each schema"
        return SourcesFolder(path=path, problems=(overlooked(path, words, "make it a folder"),))
    read = [_read(each) for each in sorted(path.glob("*.yaml"))]
    files = tuple(each for each in read if isinstance(each, SourceFile))
    hidden = tuple(each for each in read if isinstance(each, HiddenFile))
    known = SourcesFolder(path=path, files=files, hidden=hidden)
    found = chain.from_iterable(_problems(file, known, dialect, frozenset(built)) for file in files)
    of_hidden = chain.from_iterable(file.problems for file in hidden)
    problems = sorted((*of_hidden, *found, *overlooked_files(path, called="sources")))
    return SourcesFolder(path=path, files=files, hidden=hidden, problems=tuple(problems))


def _read(path: Path) -> SourceFile | HiddenFile:
    return source_file(path, read_content(path))


def source_file(path: Path, content: bytes | NoContent) -> SourceFile | HiddenFile:
    """The file at `path` of this content. Never raises for what it holds."""
    try:
        return _source_file(path, content)
    except Exception as error:
        return failed_file(path, error)


def _source_file(path: Path, content: bytes | NoContent) -> SourceFile | HiddenFile:
    from summary_tables.configs.schema import check  # it loads jsonschema

    if isinstance(content, bytes) and (found := _OF_DBT.search(content)):
        return hidden_file(path, (_of_dbt(content, found),))
    document = yaml_document.from_content(content)
    if isinstance(document, tuple):
        return hidden_file(path, document)
    if foreign := _foreign(document, path):
        return hidden_file(path, (foreign,), document)
    if wrong := check.findings(document, "sources"):
        return hidden_file(path, wrong, document)
    assert isinstance(document.data, dict), "the schema lets nothing else through"
    return SourceFile(path=path, schema=schema_from_data(document.data), document=document)


def schema_from_data(data: Mapping[str, Any]) -> SourceSchema:
    """Records from data that the schema allows."""
    tables = (_table(item) for item in data.get("tables", ()))
    types = (SourceType(**{**item, "values": tuple(item.get("values", ()))}) for item in data.get("types", ()))
    return SourceSchema(**{**data, "tables": tuple(tables), "types": tuple(types)})


def _table(item: Mapping[str, Any]) -> SourceTable:
    loaded_at = LoadedAt(**item["loaded_at"]) if "loaded_at" in item else None
    columns: dict[str, SourceColumn] = {}
    for column in item.get("columns", ()):
        columns.setdefault(column["name"], SourceColumn(**column))
    return SourceTable(**{**item, "loaded_at": loaded_at, "columns": tuple(columns.values())})


_OF_DBT: Final = re.compile(rb"^sources:\s*(?:#.*)?$", re.MULTILINE)


def _of_dbt(content: bytes, found: re.Match[bytes]) -> Finding[Place]:
    return Finding(
        place=Place(content.count(b"\n", 0, found.start()) + 1, 1, len(b"sources")),
        rule="shape",
        message="`sources` is dbt's list of schemas; here each schema has a file of its own",
        fix="begin with `schema:`, let `tables:` begin in the first column, and call `data_type` of a column `type`",
    )


def _foreign(document: YamlDocument, path: Path) -> Finding[Place] | None:
    """A whole file of another kind: one mistake, however many of its keys mean nothing here."""
    keys = document.data.keys() if isinstance(document.data, dict) else frozenset()
    if "main_sql" in keys:
        message = "this describes a summary table, and only what is known of others' tables is read here"
        fix = f"move the file up into {path.parents[1].name}/"
        return Finding(place=document.span_of_key(("main_sql",)), rule="file-name", message=message, fix=fix)
    return None


def _problems(file: SourceFile, known: SourcesFolder, dialect: Dialect, built: frozenset[str]) -> Iterator[Problem]:
    for finding in chain(
        _file_name(file), _repeated(file), _built_here(file, built), _loaded_at(file), _types(file, known, dialect)
    ):
        yield Problem.of(finding, file.path)


def _finding(
    file: SourceFile, path: YamlPath, rule: str, message: str, fix: str, level: Level = "error"
) -> Finding[Place]:
    return Finding(place=file.document.span_of_value(path), rule=rule, message=message, fix=fix, level=level)


def _file_name(file: SourceFile) -> Iterator[Finding[Place]]:
    name = f"{file_stem(file.schema.schema)}.yaml"
    if file.path.name != name:
        message = f"the file {file.path.name} is not called after its schema `{file.schema.schema}`"
        there = is_there(file.path.with_name(name))
        fix = f"move its tables to {name}, and delete it" if there else f"call the file {name}"
        yield _finding(file, ("schema",), "file-name", message, fix)


def _repeated(file: SourceFile) -> Iterator[Finding[Place]]:
    yield from _named_twice(file, ("tables",), "the table `{}`")
    yield from _named_twice(file, ("types",), "the type `{}`")
    for index, _ in enumerate(_items(file, ("tables",))):
        yield from _named_twice(file, ("tables", index, "columns"), "the column `{}` of this table")


def _named_twice(file: SourceFile, path: YamlPath, what: str) -> Iterator[Finding[Place]]:
    first: dict[str, int] = {}
    for index, item in enumerate(_items(file, path)):
        name = item["name"]
        if name in first:
            line = file.document.place_of_value((*path, first[name], "name"))[0]
            message = f"{what.format(name)} stands here again: it is on line {line} already"
            yield _finding(file, (*path, index, "name"), "source-twice", message, "delete one of the two")
        first.setdefault(name, index)


def _items(file: SourceFile, path: YamlPath) -> Sequence[Mapping[str, Any]]:
    found: Any = file.document.data
    for step in path:
        found = found.get(step, ()) if isinstance(found, dict) else found[step]
    items: Sequence[Mapping[str, Any]] = found
    return items


def _built_here(file: SourceFile, built: frozenset[str]) -> Iterator[Finding[Place]]:
    for index, item in enumerate(_items(file, ("tables",))):
        if f"{file.schema.schema}.{item['name']}" in built:
            own = f"{file.path.parents[1].name}/{item['name']}.yaml"
            message = f"`{file.schema.schema}.{item['name']}` is a summary table: {own} builds it, and says what it has"
            yield _finding(file, ("tables", index, "name"), "source-built-here", message, "delete it here")


def _loaded_at(file: SourceFile) -> Iterator[Finding[Place]]:
    for index, item in enumerate(_items(file, ("tables",))):
        names = [column["name"] for column in item.get("columns", ())]
        column = item.get("loaded_at", {}).get("column")
        if names and column and column not in names:
            near = nearest(column, names)
            message = f"`{item['name']}` has no column `{column}`"
            fix = f"write `{near}`" if near else "name one of its `columns`"
            yield _finding(file, ("tables", index, "loaded_at", "column"), "source-loaded-at", message, fix)


def _types(file: SourceFile, known: SourcesFolder, dialect: Dialect) -> Iterator[Finding[Place]]:
    for path, written in _written_types(file):
        if not dialect.types.full_name(written) and not known_type(written, known.types):
            yield _unknown_type(file, path, written, known, dialect)


def _written_types(file: SourceFile) -> Iterator[tuple[YamlPath, str]]:
    for index, kind in enumerate(_items(file, ("types",))):
        if "base" in kind:
            yield ("types", index, "base"), kind["base"]
    for index, table in enumerate(_items(file, ("tables",))):
        for place, column in enumerate(table.get("columns", ())):
            yield ("tables", index, "columns", place, "type"), column["type"]


def known_type(written: str, types: Mapping[TableKey, SourceType]) -> TableKey | None:
    """Which of `types` is meant by `mood`, `raw_data.mood` or `"Raw"."Mood"[]`; None: none of them.

    Without a schema it is that of the one schema that has the name.
    """
    found = _MADE_TYPE.fullmatch(re.sub(r"\s*\([^()]*\)", "", written).strip())
    if not found:
        return None
    schema, name = (_unquoted(found[part] or "") for part in ("schema", "name"))
    if schema:
        return (schema, name) if (schema, name) in types else None
    candidates = [key for key in types if key[1] == name]
    return candidates[0] if len(candidates) == 1 else None


_NAME = r'"(?:[^"]|"")+"|[^\s."\[\]]+'
_MADE_TYPE: Final = re.compile(rf"(?:(?P<schema>{_NAME})\.)?(?P<name>{_NAME})\s*(?:\[\d*\])*")


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()


def _unknown_type(
    file: SourceFile, path: YamlPath, written: str, known: SourcesFolder, dialect: Dialect
) -> Finding[Place]:
    near = nearest(written.lower(), [*dialect.types.names(), *(name for _, name in known.types)])
    message = f"`{written}` is no type of {dialect.title}'s own, and no file of sources/ describes it under `types`"
    fix = f"write `{near}`" if near else "describe it under `types` in the file of its schema"
    return _finding(file, path, "source-type", message, fix, level="warning" if near else "info")
