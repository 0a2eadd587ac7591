"""The tests of the query that a file holds. No run asks for them, so they are no part of its config."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath

DEFAULT_DATE = "2026-01-01"

Value = str | int | float | bool | None
"""A number knows how the file writes it: see `text.written_number`."""

RowValues = Mapping[str, Value]
"""The values of a row by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTest:
    """One item of `tests`. `given` and `types` are by table, `schema.table`; `types` has the type of each column."""

    name: str
    expect: tuple[RowValues, ...]
    date: str = DEFAULT_DATE
    given: Mapping[str, tuple[RowValues, ...]] = field(default_factory=dict)
    types: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def day(self) -> datetime.date:
        """Raises ValueError for a day that no month has."""
        return datetime.date.fromisoformat(self.date)


def query_tests(file: TableFile) -> tuple[QueryTest, ...]:
    """The tests of `file`, in its order."""
    return tuple(_query_test(file, index) for index in range(len(file.data.get("tests", ()))))


def path_of_test(index: int) -> YamlPath:
    """Where in its file the `index`-th test is named."""
    return "tests", index, "name"


def _query_test(file: TableFile, index: int) -> QueryTest:
    item = file.data["tests"][index]
    path = ("tests", index)
    return QueryTest(
        name=item["name"],
        expect=_rows(file, (*path, "expect")),
        date=item.get("date", DEFAULT_DATE),
        given={table: _rows(file, (*path, "given", table)) for table in item.get("given", {})},
        types=item.get("types", {}),
    )


def _rows(file: TableFile, path: tuple[str | int, ...]) -> tuple[RowValues, ...]:
    rows: Any = file.data
    for step in path:
        rows = rows[step]
    return tuple(dict(row) for row in rows)
