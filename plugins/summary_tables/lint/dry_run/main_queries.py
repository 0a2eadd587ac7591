"""What the warehouse says of each `main_sql`, once however many files read its table."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.server import TROUBLE, Server
from summary_tables.lint.facts.build_order import upstream_first
from summary_tables.lint.facts.lineage import tables_read
from summary_tables.model.column import Column
from summary_tables.model.problem import Problem
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import WarehouseError


@dataclass(frozen=True, slots=True, kw_only=True)
class Untried:
    """That something was not tried because of the query of `culprit`: said once for all that wait for that file."""

    culprit: TableFile
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class MainQuery:
    """What the warehouse says of `main_sql`, and of what the file declares of its columns.

    `culprit`: the file that must be mended before those that read the table can be tried; None: `columns` are certain.
    """

    columns: tuple[Column, ...]
    problems: tuple[Problem, ...]
    untried: tuple[Untried, ...] = ()
    culprit: TableFile | None = None


class AskedFile(Protocol):
    """A file before the warehouse."""

    @property
    def file(self) -> TableFile: ...

    @property
    def server(self) -> Server: ...

    def main_query(self) -> MainQuery:
        """Asks the warehouse. Raises `WarehouseError`."""
        ...

    def refusal(self, error: WarehouseError) -> Problem:
        """What is said where the warehouse refused what checking the file needs."""
        ...


class MainQueries:
    """`asked` puts a file before the warehouse. All is done inside `Server.asking`."""

    def __init__(self, asked: Callable[[TableFile, ConfigFolder], AskedFile]) -> None:
        self._asked = asked
        self._found: dict[Path, MainQuery] = {}
        self._under_way: set[Path] = set()
        self._culprits: set[Path] = set()

    def of(self, asked: AskedFile) -> MainQuery:
        """Raises `WarehouseError`."""
        path = asked.file.path
        if path not in self._found:
            self._under_way.add(path)
            try:
                self._found[path] = asked.main_query()
            finally:
                self._under_way.discard(path)
        return self._found[path]

    def outputs(self, builders: Sequence[TableFile], folder: ConfigFolder) -> Mapping[str, MainQuery]:
        """What the files `builders` give, by full name, also where that rests on others; none for those in a cycle.

        Raises `WarehouseError` where the warehouse cannot be asked any more.
        """

        def upstream(file: TableFile) -> Iterator[TableFile]:
            found = (folder.by_name[name] for name in tables_read(file) or () if name in folder.by_name)
            return (each for each in found if each.config.settings.warehouse == file.config.settings.warehouse)

        def is_done(file: TableFile) -> bool:
            return file.path in self._found or file.path in self._under_way

        for file in upstream_first(builders, upstream, is_done):
            self._describe(self._asked(file, folder))
        found = ((file.full_name, self._found.get(file.path)) for file in builders)
        return {name: main for name, main in found if main}

    def said_once(self, untried: Iterable[Untried], folder: ConfigFolder) -> Iterator[Problem]:
        """Not where what is wrong with the culprit is said of that itself."""
        for each in untried:
            path = each.culprit.path
            if folder.asked is not None and path not in folder.asked and path not in self._culprits:
                self._culprits.add(path)
                yield each.problem

    def _describe(self, asked: AskedFile) -> None:
        try:
            self.of(asked)
        except WarehouseError as error:
            if is_trouble(asked.server.session.connection, error):
                raise
            asked.server.start_again()
            self._found[asked.file.path] = MainQuery(columns=(), problems=(asked.refusal(error),), culprit=asked.file)


def is_trouble(connection: Connection, error: WarehouseError) -> bool:
    """Whether `error` is of the warehouse as a whole."""
    return connection.closed or error.sqlstate.startswith(TROUBLE)
