"""Whatever somebody wrote and however, the update is what the warehouse has, and nothing that people wrote is lost."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.commands.sources.drift import differences
from summary_tables.commands.sources.update import NotEdited, updates
from summary_tables.configs.sources import SourceFile, SourcesFolder, source_file
from summary_tables.model.source_table import SourceColumn, SourceTable, SourceType, StandingSources
from summary_tables.sql.dialects.registry import dialect_of

POSTGRES = dialect_of("postgres")
NAMES = ["id", "created at", "점수", "a, b", "x: y", "#no", "No", "it's", '"', "n", "{c}", "😀"]
TYPES = ["integer", "varchar(20)", "numeric(10,2)", "timestamptz", "text[]", "raw_data.mood", '"My Kinds"."a-b"[]']
WORDS = ["What it is.", "With: a colon", "two\nlines", "'quoted'", "# no comment", "- dash", "끝", ""]


@st.composite
def columns(draw: st.DrawFn) -> tuple[SourceColumn, ...]:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    return tuple(
        SourceColumn(name=name, type=draw(st.sampled_from(TYPES)), description=draw(st.sampled_from(WORDS)))
        for name in names
    )


@st.composite
def tables(draw: st.DrawFn, *, may_lack_columns: bool = True) -> tuple[SourceTable, ...]:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    return tuple(
        SourceTable(
            name=name,
            description=draw(st.sampled_from(WORDS)),
            owner=draw(st.sampled_from(["", "shop"])),
            columns=draw(st.one_of(st.just(()), columns()) if may_lack_columns else columns()),
        )
        for name in names
    )


@st.composite
def types(draw: st.DrawFn) -> tuple[SourceType, ...]:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    values = st.lists(st.sampled_from(["a", "b", "c", "no", "x, y", "점"]), min_size=1, unique=True).map(tuple)
    return tuple(
        draw(
            st.one_of(
                st.builds(SourceType, name=st.just(name), values=values),
                st.builds(SourceType, name=st.just(name), base=st.sampled_from(TYPES[:4])),
            )
        )
        for name in names
    )


class Writer:
    """Writes a file as people do: in blocks or brackets, keys in any order, comments anywhere."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.comments = 0

    def file(self, tables: Sequence[SourceTable], types: Sequence[SourceType]) -> str:
        parts = [("schema", "raw_data"), ("owner", "platform")]
        data: list[tuple[str, Any]] = [*parts, ("tables", [self._table(each) for each in tables])]
        if types:
            data.append(("types", [self._type(each) for each in types]))
        end = self._draw(st.sampled_from(["", "\n", "\n\n"]))
        text = self._block(self._draw(st.permutations(data)), 0).rstrip("\n") + end
        return text.replace("\n", self._draw(st.sampled_from(["\n", "\r\n"])))

    def _table(self, table: SourceTable) -> list[tuple[str, Any]]:
        columns = [self._keys(name=each.name, type=each.type, description=each.description) for each in table.columns]
        return self._keys(name=table.name, description=table.description, owner=table.owner, columns=columns)

    def _type(self, kind: SourceType) -> list[tuple[str, Any]]:
        return self._keys(name=kind.name, base=kind.base, values=list(kind.values))

    def _keys(self, **given: Any) -> list[tuple[str, Any]]:
        return self._draw(st.permutations([(key, value) for key, value in given.items() if value]))

    def _block(self, pairs: Sequence[tuple[str, Any]], indent: int) -> str:
        return "".join(self._above(indent) + self._entry(key, value, indent) for key, value in pairs)

    def _entry(self, key: str, value: Any, indent: int) -> str:
        blanks = " " * indent
        if isinstance(value, str):
            return f"{blanks}{key}: {self._scalar(value, indent)}{self._behind(value)}\n"
        if self._draw(st.booleans()):
            return f"{blanks}{key}: {self._brackets(value, indent + 2)}{self._behind('')}\n"
        inner = indent + self._draw(st.sampled_from([0, 2, 4]))
        return f"{blanks}{key}:{self._behind('')}\n" + "".join(self._item(item, inner) for item in value)

    def _item(self, item: Any, indent: int) -> str:
        blanks = " " * indent
        if isinstance(item, str):
            return f"{self._above(indent)}{blanks}- {self._quoted(item)}{self._behind('')}\n"
        if self._draw(st.booleans()):
            return f"{self._above(indent)}{blanks}- {self._brackets(item, indent + 4)}{self._behind('')}\n"
        (first, value), *others = item
        block = self._entry(first, value, indent + 2)
        return f"{self._above(indent)}{blanks}- {block[indent + 2 :]}{self._block(others, indent + 2)}"

    def _brackets(self, value: Any, indent: int) -> str:
        if isinstance(value, str):
            return self._quoted(value)
        is_mapping = bool(value) and isinstance(value[0], tuple)
        inner = [
            f"{item[0]}: {self._brackets(item[1], indent)}" if is_mapping else self._brackets(item, indent)
            for item in value
        ]
        separator = self._draw(st.sampled_from([", ", ",", f",\n{' ' * indent}", f",  # c\n{' ' * indent}"]))
        if "# c" in separator:
            self.comments += len(inner) - 1
        last = self._draw(st.sampled_from(["", ","]))
        joined = separator.join(inner) + last
        return f"{{{joined}}}" if is_mapping else f"[{joined}]"

    def _scalar(self, value: str, indent: int) -> str:
        if "\n" in value and self._draw(st.booleans()):
            return "|-\n" + "\n".join(f"{' ' * (indent + 2)}{line}" for line in value.split("\n"))
        if re.fullmatch(r"[A-Za-z_]{2,}[\w ()]*\.?", value) and value != "No":
            return value
        return self._quoted(value)

    def _quoted(self, value: str) -> str:
        if "\n" not in value and self._draw(st.booleans()):
            return "'" + value.replace("'", "''") + "'"
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    def _above(self, indent: int) -> str:
        if not self._draw(st.sampled_from([False, False, True])):
            return ""
        self.comments += 1
        return f"{' ' * indent}# c\n"

    def _behind(self, value: str) -> str:
        if "\n" in value or not self._draw(st.sampled_from([False, False, True])):
            return ""
        self.comments += 1
        return "   # c"


@st.composite
def written_files(draw: st.DrawFn) -> tuple[str, int]:
    writer = Writer(draw)
    text = writer.file(draw(tables()), draw(types()))
    return text, writer.comments


def updated(text: bytes, standing: StandingSources) -> tuple[SourceFile, bytes, str]:
    """The file before, the file after, and why it was left alone."""
    with TemporaryDirectory() as place:
        path = Path(place, "dag_configs", "sources", "raw_data.yaml")
        path.parent.mkdir(parents=True)
        path.write_bytes(text)
        file = source_file(path, text)
        assert isinstance(file, SourceFile), file
        known = SourcesFolder(path=path.parent, files=(file,))
        asked = {*standing.tables, *known.tables}
        made = updates(known, standing, differences(known, standing, asked, POSTGRES), POSTGRES)
        (alone,) = made.left_alone or (NotEdited(path=path, name="", why=""),)
        return file, made.files[0].after if made.files else text, alone.why


@settings(max_examples=100)
@given(written=written_files(), now=tables(may_lack_columns=False), kinds=types())
def test_update_is_what_the_warehouse_has_and_keeps_the_rest(
    written: tuple[str, int], now: Sequence[SourceTable], kinds: Sequence[SourceType]
) -> None:
    text, comments = written
    standing = StandingSources(
        tables={("raw_data", table.name): replace(table, owner="") for table in now},
        types={("raw_data", kind.name): kind for kind in kinds},
    )
    file, after, why = updated(text.encode(), standing)
    assert why == ""
    path = Path("dag_configs/sources/raw_data.yaml")
    found = source_file(path, after)
    assert isinstance(found, SourceFile)
    known = SourcesFolder(path=path.parent, files=(found,))
    left = differences(known, standing, {*standing.tables, *known.tables}, POSTGRES)
    assert [each.kind for each in left if each.kind != "missing table"] == []
    assert (found.schema.owner, found.schema.schema) == ("platform", "raw_data")
    _assert_words_stay(file, found, standing)
    deleted = _columns_of(file) - _columns_of(found)
    if not deleted and "values" not in text:
        assert after.decode().count("# c") == comments
    assert after.count(b"\r\n") in (0, after.count(b"\n"))
    assert updated(after, standing)[1] == after


def _columns_of(file: SourceFile) -> set[tuple[str, str]]:
    return {(table.name, column.name) for table in file.schema.tables for column in table.columns}


def _assert_words_stay(before: SourceFile, after: SourceFile, standing: StandingSources) -> None:
    now = {table.name: table for table in after.schema.tables}
    for table in before.schema.tables:
        assert (now[table.name].description, now[table.name].owner) == (table.description, table.owner)
        words = {column.name: column.description for column in now[table.name].columns}
        stands = standing.tables.get(("raw_data", table.name))
        for column in table.columns:
            if stands is None or column.name in {each.name for each in stands.columns}:
                assert words[column.name] == column.description
    order = [table.name for table in before.schema.tables]
    assert [name for name in now if name in order] == order
