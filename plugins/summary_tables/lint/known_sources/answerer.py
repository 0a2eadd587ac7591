"""Who can be asked what a query gives, beside the tables that are known."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.dry_run.catalog import Catalog
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import Refusal
from summary_tables.lint.facts.named_checks import PlacedCheck
from summary_tables.lint.known_sources.tables import KnownTable, KnownTables
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Span

Columns = tuple[Column, ...]
Answer = tuple[Columns | None, list[Finding[Span]]]
"""The columns of a query, a type empty where it is not known (None: nothing is known), and what is wrong with it."""


class Answerer(Protocol):
    """A server that has the known tables. Where it ends in the midst of its work, it says so once, and no more."""

    @property
    def catalog(self) -> Catalog | None:
        """What it knows of functions; None: it cannot be asked any more."""
        ...

    def prepare(self, tables: Iterable[KnownTable]) -> None:
        """Makes the tables that are not there yet. Not while something is asked."""
        ...

    def knows(self, tables: Iterable[KnownTable], asked: AskedQuery) -> bool:
        """Whether it has `tables`, with the types of all that `asked` names in them."""
        ...

    def asking(self, fresh: Columns = ()) -> AbstractContextManager[None]:
        """In it queries are described; `fresh` are the columns of the new version."""
        ...

    def with_full_types(self, columns: Columns) -> Columns:
        """`columns` by the full names of their types; empty where it knows none. Not while something is asked."""
        ...

    def describe(self, sql: str) -> Columns | Refusal | None:
        """None: it cannot be asked any more."""
        ...

    def possible_key(self, refused: Refused, known: KnownTables) -> str:
        """The column by which a query is grouped rightly if it is the primary key of its table; empty: none is."""
        ...

    def declared(self, file: TableFile, columns: Columns) -> list[Finding[YamlPath]]:
        """What the file says of its columns, beside what the query gives."""
        ...

    def named_check(
        self, found: PlacedCheck, fresh: Columns, day: datetime, ask: Callable[[AskedQuery], Answer]
    ) -> list[tuple[AskedQuery, Finding[Span]]]:
        """What is wrong with a check that names a kind."""
        ...
