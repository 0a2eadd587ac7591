"""The tables whose columns are known: of `sources/`, of dbt projects, and of the folder's files, once described."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.known_tables import known_tables
from summary_tables.model.column import Column
from summary_tables.sql.dialect import Dialect

Key = tuple[str, str]
"""Schema and name, as the warehouse has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTable:
    """A table that there is. `columns`: None where nothing is known of them; the type of one may be empty.

    `is_source`: it stands in `sources/` or is a dbt project's, and its types are spelt as somebody wrote them.
    """

    schema: str
    name: str
    columns: tuple[Column, ...] | None = None
    is_source: bool = False

    @property
    def key(self) -> Key:
        return self.schema, self.name

    @property
    def names(self) -> tuple[str, ...] | None:
        """Those of its columns; None: not known."""
        return None if self.columns is None else tuple(column.name for column in self.columns)


class KnownTables:
    """Of one folder. A table that the folder builds is known by its name alone until `describe` says its columns."""

    def __init__(self, folder: ConfigFolder) -> None:
        self._folder = folder
        self._sources = folder.sources
        self._found: dict[Key, KnownTable] = {}
        for (schema, name), table in known_tables(folder).items():
            columns = tuple(Column(name=column.name, type=column.type) for column in table.columns) or None
            self._found[schema, name] = KnownTable(schema=schema, name=name, columns=columns, is_source=True)
        for file in folder.files:
            built = file.config.table
            self._found[built.schema, built.table] = KnownTable(schema=built.schema, name=built.table)

    def describe(self, schema: str, name: str, columns: tuple[Column, ...] | None) -> None:
        """The columns of a table that the folder builds."""
        self._found[schema, name] = KnownTable(schema=schema, name=name, columns=columns)

    def find(self, schema: str, name: str, dialect: Dialect) -> KnownTable | None:
        """None: no file knows it. A name without schema is only known where it stands in `public`."""
        found = self._found.get((schema or _PUBLIC, name))
        if found is None and dialect.lexical.folds_quoted_names:
            key = ((schema or _PUBLIC).lower(), name.lower())
            return next((table for table in self._found.values() if _folded(table.key) == key), None)
        return found

    def is_hidden(self, schema: str, name: str) -> bool:
        """A file that cannot be read may speak of it."""
        return name in self._folder.unreadable or schema in self._sources.unreadable

    @property
    def schemas(self) -> tuple[str, ...]:
        """Those in which tables are known."""
        return tuple(sorted({*self._sources.schemas, *(schema for schema, _ in self._found)}))

    @property
    def tables(self) -> tuple[Key, ...]:
        """All that are known."""
        return tuple(sorted(self._found))

    def __iter__(self) -> Iterator[KnownTable]:
        return iter(self._found.values())


_PUBLIC = "public"


def _folded(key: Key) -> Key:
    return key[0].lower(), key[1].lower()
