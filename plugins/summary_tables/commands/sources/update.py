"""Files of known sources, brought up to date with what stands in the warehouse. What people wrote in them stays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from summary_tables.commands.sources.drift import Difference, differences
from summary_tables.configs.file_content import MOST_BYTES, read_content
from summary_tables.configs.sources import SourceFile, SourcesFolder, file_stem, source_file
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml import edits
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.lint.fixed_file import FixedFile, with_edits
from summary_tables.lint.rules.modeline import schemas_of_defaults
from summary_tables.model.problem import Edit
from summary_tables.model.shown_name import shown_name
from summary_tables.model.source_table import SourceColumn, SourceTable, SourceType, StandingSources
from summary_tables.sql.dialect import Dialect

_SCHEMA = "sources.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEdited:
    """A file that was left alone, and why, as the end of a sentence."""

    path: Path
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Updates:
    """What is written: a file without content before is new. The folder may not exist yet."""

    files: tuple[FixedFile, ...]
    left_alone: tuple[NotEdited, ...]


def updates(known: SourcesFolder, standing: StandingSources, found: Sequence[Difference], dialect: Dialect) -> Updates:
    """What has to be written for the differences that can be written. Writes nothing itself."""
    by_schema: dict[str, list[Difference]] = {}
    for difference in found:
        if difference.is_written:
            by_schema.setdefault(difference.schema, []).append(difference)
    files = {file.schema.schema: file for file in known.files}
    made = [
        _edited(files[schema], changes, standing, dialect)
        if schema in files
        else _new_file(known.path, schema, changes, standing)
        for schema, changes in by_schema.items()
    ]
    return Updates(
        files=tuple(each for each in made if isinstance(each, FixedFile)),
        left_alone=tuple(each for each in made if isinstance(each, NotEdited)),
    )


def _new_file(
    folder: Path, schema: str, changes: Sequence[Difference], standing: StandingSources
) -> FixedFile | NotEdited:
    path = folder / f"{file_stem(schema)}.yaml"
    name = _shown(path)
    if path.exists():
        return NotEdited(path=path, name=name, why=f"it says nothing of the schema {schema}, though it is called so")
    tables = [_table_data(standing.tables[each.table]) for each in changes if each.kind == "new table"]
    types = [_type_data(standing.types[each.table]) for each in changes if each.kind == "new type"]
    said = {"schema": schema, **({"tables": tables} if tables else {}), **({"types": types} if types else {})}
    text = f"{_modeline(folder.parent)}{edits.mapping_lines(said)}"
    return _checked(FixedFile(path=path, name=name, before=b"", after=text.encode()), changes)


def _modeline(folder: Path) -> str:
    """Where `defaults.yaml` names its schema, the other schemas stand beside it."""
    place = schemas_of_defaults(folder)
    up = "" if not place or "://" in place or place.startswith("/") else "../"
    return f"# yaml-language-server: $schema={up}{place}/{_SCHEMA}\n" if place else ""


def _shown(path: Path) -> str:
    return shown_name(path, f"{path.parents[1].absolute().name}/{path.parent.name}")


def _edited(
    file: SourceFile, changes: Sequence[Difference], standing: StandingSources, dialect: Dialect
) -> FixedFile | NotEdited:
    name, before = _shown(file.path), read_content(file.path)
    if not isinstance(before, bytes):
        return NotEdited(path=file.path, name=name, why=before.why)
    text = _Text(before)
    try:
        for change in sorted(changes, key=_order):
            _apply(text, change, standing)
    except (AssertionError, LookupError, ValueError):
        return NotEdited(path=file.path, name=name, why=_BY_HAND)
    after = source_file(file.path, text.raw)
    if not isinstance(after, SourceFile) or not _is_up_to_date(file, after, changes, standing, dialect):
        return NotEdited(path=file.path, name=name, why=_BY_HAND)
    return _checked(FixedFile(path=file.path, name=name, before=before, after=text.raw), changes)


_BY_HAND = "it is written in a way in which it can only be changed by hand"


def _checked(file: FixedFile, changes: Sequence[Difference]) -> FixedFile | NotEdited:
    """What is written can be read."""
    if len(file.after) > MOST_BYTES:
        why = f"with {len(changes):,} changes it would have more than {MOST_BYTES:,} bytes, the most that is read"
        return NotEdited(path=file.path, name=file.name, why=why)
    if isinstance(source_file(file.path, file.after), SourceFile):
        return file
    return NotEdited(path=file.path, name=file.name, why="a name or a type in it is one that such a file cannot have")


def _order(change: Difference) -> bool:
    """Columns go last: a list may not be empty in between."""
    return change.kind == "missing column"


@dataclass(slots=True)
class _Text:
    """A file under change."""

    raw: bytes

    def document(self) -> YamlDocument:
        found = yaml_document.parse(self.raw)
        assert isinstance(found, YamlDocument)
        return found

    def change(self, change: Callable[..., tuple[Edit, ...]], *arguments: object) -> None:
        self.raw = with_edits(self.raw, change(self.document(), *arguments))

    def items(self, path: YamlPath) -> list[dict[str, Any]]:
        found: Any = self.document().data
        for step in path:
            found = found.get(step) or [] if isinstance(found, dict) else found[step]
        assert isinstance(found, list)
        return found

    def place(self, path: YamlPath, name: str) -> int:
        return next(index for index, item in enumerate(self.items(path)) if item["name"] == name)

    def add(self, path: YamlPath, index: int, value: Mapping[str, object]) -> None:
        """To the list at `path`, which may not be there yet."""
        if self.items(path):
            self.change(edits.insert_item, path, index, value)
            return
        data: Any = self.document().data
        if path[0] in data and len(path) == 1:
            self.change(edits.delete_key, path)
        self.change(edits.add_key, path[:-1], path[-1], [value])


def _apply(text: _Text, change: Difference, standing: StandingSources) -> None:
    match change.kind:
        case "new table":
            _add_named(text, ("tables",), _table_data(standing.tables[change.table]))
        case "new type":
            _add_named(text, ("types",), _type_data(standing.types[change.table]))
        case "changed type":
            _change_type(text, standing.types[change.table])
        case _:
            _change_columns(text, change, standing.tables[change.table])


def _add_named(text: _Text, path: YamlPath, value: Mapping[str, object]) -> None:
    """Where the alphabet wants it, if the others stand so; at the end otherwise."""
    names = [str(item["name"]) for item in text.items(path)]
    is_sorted = names == sorted(names)
    index = sum(name < str(value["name"]) for name in names) if is_sorted else len(names)
    text.add(path, index, value)


def _change_columns(text: _Text, change: Difference, table: SourceTable) -> None:
    place = text.place(("tables",), table.name)
    path: YamlPath = ("tables", place, "columns")
    match change.kind:
        case "unknown columns":
            text.change(edits.add_key, path[:-1], "columns", [_column_data(column) for column in table.columns])
        case "new column":
            text.add(path, _place_of_new(text, path, table, change.column), _column_data(_column(table, change.column)))
        case "renamed column":
            text.change(edits.set_value, (*path, text.place(path, change.column), "name"), change.now)
            loaded_at = text.items(("tables",))[place].get("loaded_at", {})
            if loaded_at.get("column") == change.column:
                text.change(edits.set_value, ("tables", place, "loaded_at", "column"), change.now)
        case "missing column":
            _delete_column(text, path, change.column)
        case _:
            text.change(edits.set_value, (*path, text.place(path, change.column), "type"), change.now)


def _delete_column(text: _Text, path: YamlPath, name: str) -> None:
    if len(text.items(path)) > 1:
        text.change(edits.delete_item, path, text.place(path, name))
    else:
        text.change(edits.delete_key, path)


def _place_of_new(text: _Text, path: YamlPath, table: SourceTable, name: str) -> int:
    """Behind the column that comes before it in the warehouse; at the end where that is not in the file."""
    names = [column.name for column in table.columns]
    there = [item["name"] for item in text.items(path)]
    index = names.index(name)
    if not index:
        return 0
    return there.index(names[index - 1]) + 1 if names[index - 1] in there else len(there)


def _change_type(text: _Text, kind: SourceType) -> None:
    place = text.place(("types",), kind.name)
    path: YamlPath = ("types", place)
    before = text.items(("types",))[place]
    if kind.base and "base" in before:
        text.change(edits.set_value, (*path, "base"), kind.base)
    elif kind.values and "values" in before:
        _change_values(text, (*path, "values"), kind.values)
    else:
        key, value = ("base", kind.base) if kind.base else ("values", list(kind.values))
        text.change(edits.replace_key, (*path, "values" if kind.base else "base"), key, value)


def _change_values(text: _Text, path: YamlPath, values: Sequence[str]) -> None:
    for index, value in enumerate(values):
        there: list[Any] = text.items(path)
        if value in there and there.index(value) != index:
            text.change(edits.delete_item, path, there.index(value))
            there = text.items(path)
        if value not in there:
            text.change(edits.insert_item, path, index, value)
    for _ in range(len(text.items(path)) - len(values)):
        text.change(edits.delete_item, path, len(values))


def _column(table: SourceTable, name: str) -> SourceColumn:
    return next(column for column in table.columns if column.name == name)


def _table_data(table: SourceTable) -> dict[str, object]:
    described = {"description": table.description} if table.description else {}
    columns = {"columns": [_column_data(column) for column in table.columns]} if table.columns else {}
    return {"name": table.name, **described, **columns}


def _column_data(column: SourceColumn) -> dict[str, object]:
    described = {"description": column.description} if column.description else {}
    return {"name": column.name, "type": column.type, **described}


def _type_data(kind: SourceType) -> dict[str, object]:
    return {"name": kind.name, **({"base": kind.base} if kind.base else {"values": list(kind.values)})}


def _is_up_to_date(
    before: SourceFile, after: SourceFile, changes: Sequence[Difference], standing: StandingSources, dialect: Dialect
) -> bool:
    """Nothing of these changes is left to write, and all that people wrote of what stays is there."""
    known = SourcesFolder(path=after.path.parent, files=(after,))
    tables = {change.table for change in changes if change.table in standing.tables}
    left = differences(known, replace(standing, types={}), tables, dialect)
    return not any(each.is_written for each in left) and not any(_lost(before, after, changes))


def _lost(before: SourceFile, after: SourceFile, changes: Sequence[Difference]) -> Iterator[str]:
    renamed = {(*each.table, each.column): each.now for each in changes if each.kind == "renamed column"}
    gone = {(*each.table, each.column) for each in changes if each.kind == "missing column"}
    schema = before.schema.schema
    if replace(before.schema, tables=(), types=()) != replace(after.schema, tables=(), types=()):
        yield schema
    now = {table.name: table for table in after.schema.tables}
    for table in before.schema.tables:
        new = now.get(table.name)
        if new is None or replace(new, columns=(), loaded_at=None) != replace(table, columns=(), loaded_at=None):
            yield table.name
            continue
        words = {column.name: column.description for column in new.columns}
        for column in table.columns:
            key = (schema, table.name, column.name)
            if key not in gone and words.get(renamed.get(key, column.name)) != column.description:
                yield column.name
