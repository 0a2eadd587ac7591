"""A server that describes the queries of folders. With `scratch` the only module here that needs the driver."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.dry_run.answers import columns as declared_columns
from summary_tables.lint.dry_run.answers import explain, named_check
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import Refusal
from summary_tables.lint.dry_run.server import TROUBLE
from summary_tables.lint.dry_run.server_catalog import ServerCatalog
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.lint.facts.named_checks import PlacedCheck
from summary_tables.lint.known_sources.certainty import misspelt_type
from summary_tables.lint.known_sources.scratch import Scratch, scratch
from summary_tables.lint.known_sources.tables import KnownTable, KnownTables
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Span
from summary_tables.sql.folded_name import folded
from summary_tables.warehouse.session.driver import DriverError
from summary_tables.warehouse.session.errors import WarehouseError

Columns = tuple[Column, ...]


@contextmanager
def described(address: str, say: Callable[[str], None]) -> Iterator["Described"]:
    """The server at `address`; `say` is told when it cannot be asked any more. Raises `WarehouseTrouble`."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(scratch(address))
        except (WarehouseError, DriverError) as error:
            raise WarehouseTrouble(f"the server for queries cannot be asked: {type(error).__name__}") from None
        yield Described(opened, say)


class Described:
    """The server `scratch`. `say` is told once where it cannot be asked any more."""

    def __init__(self, scratch: Scratch, say: Callable[[str], None]) -> None:
        self._scratch = scratch
        self._say = say
        self._is_gone = False
        self._catalog = ServerCatalog(scratch)
        self._folder: ConfigFolder | None = None

    def answerer(self, _: KnownTables, folder: ConfigFolder) -> "Described | None":
        """This server, with the tables of no other folder."""
        self._folder = folder
        with self._guarded():
            self._scratch.forget_all()
            self._scratch.make_types(folder.sources.types)
        return None if self._is_gone else self

    @property
    def catalog(self) -> ServerCatalog | None:
        return None if self._is_gone else self._catalog

    def prepare(self, tables: Iterable[KnownTable]) -> None:
        with self._guarded():
            self._scratch.make([self._with_full_types(table) for table in tables if table.columns])

    def knows(self, tables: Iterable[KnownTable], asked: AskedQuery) -> bool:
        """A column of a type that is not here must not be named, neither must all columns of its table."""
        if self._is_gone:
            return False
        untyped: set[str] = set()
        for table in tables:
            if table.columns is None or not self._scratch.has(table.key):
                return False
            untyped |= {column.name for column in self._with_full_types(table).columns or () if not column.type}
        return not untyped or not _names_any(asked, untyped)

    @contextmanager
    def asking(self, fresh: Columns = ()) -> Iterator[None]:
        with ExitStack() as stack:
            with self._guarded():
                if not self._is_gone:
                    stack.enter_context(self._scratch.asking(fresh))
            yield
            with self._guarded():
                stack.close()

    def with_full_types(self, columns: Columns) -> Columns:
        if not self._is_gone:
            with self._guarded():
                return self._full_types(columns)
        return columns

    def describe(self, sql: str) -> Columns | Refusal | None:
        if self._is_gone:
            return None
        with self._guarded():
            return self._scratch.describe(sql)
        return None

    def possible_key(self, refused: Refused, known: KnownTables) -> str:
        words = {folded(token.key) for token in refused.query.tokens if token.kind in ("word", "name")}
        with self._guarded():
            for table in _sources_of(refused, known):
                for name in table.names or ():
                    is_candidate = name in words and is_like_key(name, table.name) and not self._is_gone
                    if is_candidate and self._scratch.is_taken_with_key(refused.query.sql, table.key, name):
                        return name
        return ""

    def declared(self, file: TableFile, columns: Columns) -> list[Finding[YamlPath]]:
        with self._guarded():
            found = declared_columns.findings(self._scratch, file, columns)
            return [finding for finding in found if not self._is_made_type(file, finding)]
        return []

    def named_check(
        self,
        found: PlacedCheck,
        fresh: Columns,
        day: datetime,
        ask: Callable[[AskedQuery], tuple[Columns | None, list[Finding[Span]]]],
    ) -> list[tuple[AskedQuery, Finding[Span]]]:
        def asked(question: AskedQuery) -> tuple[Columns, list[Finding[Span]]]:
            columns, wrong = ask(question)
            return columns or (), wrong

        with self._guarded():
            return list(named_check.mistakes(found, fresh, day, self._scratch, asked, self._scratch.describe))
        return []

    def _with_full_types(self, table: KnownTable) -> KnownTable:
        return replace(table, columns=self._full_types(table.columns or ()))

    def _full_types(self, columns: Columns) -> Columns:
        made = self._folder.sources.types if self._folder else {}
        types = self._scratch.full_types({column.type for column in columns if column.type}, made)
        return tuple(replace(each, type=types.get(each.type, "")) for each in columns)

    def _is_made_type(self, file: TableFile, finding: Finding[YamlPath]) -> bool:
        """Whether the finding is about a type that somebody may have made in the warehouse."""
        if finding.rule != "warehouse-type" or len(finding.place) != 3 or not isinstance(finding.place[1], int):
            return False
        written = file.config.table.columns[finding.place[1]].type
        return not self._scratch.has_type(written) and not misspelt_type(written.partition("(")[0], explain.TYPES)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """What the server cannot do any more is said, and not raised."""
        try:
            yield
        except WarehouseError as error:
            if not self._scratch.session.connection.closed and not error.sqlstate.startswith(TROUBLE):
                raise
            if not self._is_gone:
                self._say(str(error))
            self._is_gone = True


def _sources_of(refused: Refused, known: KnownTables) -> Iterator[KnownTable]:
    """The tables of others to which the column of the refusal may belong."""
    name = refused.query.name_at(refused.offset)
    for table in refused.query.tables if name else ():
        found = known.find(table.table.schema, table.table.name, refused.file.dialect)
        is_meant = name is not None and (len(name.parts) == 1 or name.parts[-2] == table.alias)
        if found and found.is_source and name and name.parts[-1] in (found.names or ()) and is_meant:
            yield found


def is_like_key(column: str, table: str) -> bool:
    """Whether people would call the primary key of `table` so: `id`, or `order_id` and the like of `orders`."""
    name, things = _plain(column), {_plain(each) for each in (table, _NO_THING.sub("", table))}
    ones = {one for thing in things for one in (thing, thing.removesuffix("s"), thing.removesuffix("es"))}
    ones |= {f"{thing.removesuffix('ies')}y" for thing in things if thing.endswith("ies")}
    return name in _KEYS or any(name in (f"{one}{key}", f"{key}{one}") for one in ones for key in _KEYS)


_KEYS = ("id", "key", "uuid", "pk", "code", "number", "nr", "no")
_NO_THING = re.compile(r"^(?:dim|fact|fct|stg|src|raw|tbl|t)_")


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _names_any(asked: AskedQuery, columns: set[str]) -> bool:
    """Whether the query may take one of `columns`, also by a star."""
    words = {folded(token.key) for token in asked.tokens if token.kind in ("word", "name")}
    takes_all = any(_is_star(asked, place) for place in range(len(asked.tokens))) or "natural" in words
    return takes_all or bool(columns & words)


def _is_star(asked: AskedQuery, place: int) -> bool:
    return asked.tokens[place].key == "*" and (
        place == 0 or asked.tokens[place - 1].key in ("SELECT", "DISTINCT", "ALL", ",", ".")
    )
