"""The columns of summary tables that a test reads, as the queries in their own files give them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from summary_tables.commands.query_tests.prepared_test import ImpossibleTestError, prepared
from summary_tables.commands.query_tests.result import QueryTestCase
from summary_tables.commands.query_tests.run_test import result_types
from summary_tables.commands.query_tests.source_columns import Types
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.lineage import tables_read
from summary_tables.lint.facts.query_tests import QueryTest, query_tests
from summary_tables.model.table_columns import PSEUDO_TYPES
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.own_database import own_database, own_databases


def derived_tables(
    address: str, cases: Iterable[QueryTestCase], files: Iterable[TableFile], known: Mapping[str, Types]
) -> Mapping[str, Types]:
    """Of those that `cases` read, also through others, as far as `known`, and the tests in their files, tell enough.

    What is `known` of a column stays. `address` is of one of the databases of the role that it names. Raises
    LostConnectionError.
    """
    by_name = {file.full_name: file for file in files}
    wanted = [name for case in cases for name in _summary_tables(case.file, by_name)]
    if all(_is_known(known.get(name)) for name in wanted):
        return {}
    with own_database(address, own_databases(address)) as connection:
        derivation = _Derivation(connection, by_name, known)
        for name in dict.fromkeys(wanted):
            derivation.derive(name)
        return derivation.found


class _Derivation:
    """What has been found so far, on an open connection."""

    def __init__(self, connection: Connection, files: Mapping[str, TableFile], known: Mapping[str, Types]) -> None:
        self.found: dict[str, Types] = {}
        self._connection = connection
        self._files = files
        self._known = known
        self._under_way: set[str] = set()

    def derive(self, name: str) -> None:
        """Those that it reads come first. In a cycle nobody's are found."""
        if _is_known(self._known.get(name)) or name in self._under_way:
            return
        self._under_way.add(name)
        file = self._files[name]
        for source in _summary_tables(file, self._files):
            self.derive(source)
        types = self._types(file)
        declared = self._known.get(name, {})
        if types and not any(kind in PSEUDO_TYPES for kind in types.values()):
            self.found[name] = {column: declared.get(column) or kind for column, kind in types.items()}

    def _types(self, file: TableFile) -> Types:
        tests = query_tests(file)
        test = tests[0] if tests else QueryTest(name="", expect=())
        try:
            made = prepared(QueryTestCase(file=file, index=0, test=test), tests, {**self._known, **self.found})
            # Its rows are another test's matter.
            return result_types(
                self._connection, replace(made, sources=tuple(replace(source, rows=()) for source in made.sources))
            )
        except ImpossibleTestError:
            return {}


def _is_known(types: Types | None) -> bool:
    return bool(types) and all((types or {}).values())


def _summary_tables(file: TableFile, files: Mapping[str, TableFile]) -> Iterator[str]:
    """The tables of `files` that the query reads."""
    found: Sequence[str] = tables_read(file) or ()
    yield from (name for name in found if name in files and files[name] is not file)
