"""The server on which tests of queries run. There is no other: a test never touches a warehouse."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from summary_tables.commands.options.sample_server import FOR_TESTS, SampleData
from summary_tables.commands.usage_error import UsageError
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble


@contextmanager
def query_test_server() -> Iterator[Callable[[], str]]:
    """Starts it in the background; its address, which waits for it, raises UsageError where it does not come."""
    try:
        server = SampleData(_say, kept=FOR_TESTS)
    except WarehouseTrouble as trouble:
        raise UsageError(str(trouble)) from None
    try:
        yield lambda: _address(server)
    finally:
        server.close()


def _address(server: SampleData) -> str:
    try:
        return server.address()
    except WarehouseTrouble as trouble:
        raise UsageError(str(trouble)) from None


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
