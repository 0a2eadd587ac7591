"""Every query of a file beside the tables that are known, on a server where there is one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from summary_tables.configs.config import SOURCES_FOLDER
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.columns_table import columns_table
from summary_tables.lint.dry_run.render import yesterday
from summary_tables.lint.facts.build_order import upstream_first
from summary_tables.lint.facts.lineage import tables_read
from summary_tables.lint.known_sources.answerer import Answerer
from summary_tables.lint.known_sources.file_check import FileCheck, Found
from summary_tables.lint.known_sources.query_check import Said
from summary_tables.lint.known_sources.tables import KnownTables
from summary_tables.model.column import Column
from summary_tables.model.problem import Problem


class Describer(Protocol):
    """A server for the queries of one folder after the other."""

    def answerer(self, known: KnownTables, folder: ConfigFolder) -> Answerer | None:
        """What answers for the tables of `folder`; None: the server cannot be used, and that has been said."""
        ...


@dataclass(slots=True)
class KnownSourcesCheck:
    """What is wrong with a file, besides what is `known` to be. `describer`: None: no server is asked."""

    describer: Describer | None = None
    day: datetime = field(default_factory=yesterday)
    _folders: dict[Path, "_FolderCheck"] = field(default_factory=dict, init=False)

    def __call__(self, file: TableFile, folder: ConfigFolder, known: tuple[Problem, ...]) -> tuple[Problem, ...]:
        if not folder.sources.tables and not folder.projects:
            return ()
        if folder.path not in self._folders:
            tables = KnownTables(folder)
            answerer = self.describer.answerer(tables, folder) if self.describer else None
            self._folders[folder.path] = _FolderCheck(folder=folder, known=tables, answerer=answerer, day=self.day)
        wrong = {problem.line for problem in known if problem.level == "error"}
        found = self._folders[folder.path].problems(file)
        return tuple(sorted({problem for problem in found if problem.line not in wrong}))

    def columns_text(self) -> str:
        """The columns that the queries of the files give, for people."""
        return columns_table({name: found for each in self._folders.values() for name, found in each.shown.items()})


@dataclass(slots=True)
class _FolderCheck:
    folder: ConfigFolder
    known: KnownTables
    answerer: Answerer | None
    day: datetime
    shown: dict[str, tuple[Column, ...]] = field(default_factory=dict)
    _main: dict[Path, Found] = field(default_factory=dict)
    _said: Said = field(default_factory=Said)

    def problems(self, file: TableFile) -> Iterator[Problem]:
        check = self._check(file)
        self._describe([file])
        yield from self._main[file.path].problems
        self._describe(self._upstream_of(check.tables_of_checks()))
        yield from check.checks(self._main[file.path].columns)

    def _describe(self, files: Iterable[TableFile]) -> None:
        for file in upstream_first(files, self._upstream, lambda each: each.path in self._main):
            found = self._check(file).main()
            self._main[file.path] = found
            table = file.config.table
            self.known.describe(table.schema, table.table, found.for_readers)
            if found.columns and all(column.type for column in found.columns):
                self.shown[file.name] = found.columns

    def _check(self, file: TableFile) -> FileCheck:
        return FileCheck(
            known=self.known,
            file=file,
            folder=self.folder,
            sources=f"{self.folder.path.name}/{SOURCES_FOLDER}",
            day=self.day,
            answerer=self.answerer,
            said=self._said,
        )

    def _upstream(self, file: TableFile) -> Iterator[TableFile]:
        return self._upstream_of(tables_read(file) or ())

    def _upstream_of(self, names: Iterable[str]) -> Iterator[TableFile]:
        for name in names:
            if name in self.folder.by_name:
                yield self.folder.by_name[name]
