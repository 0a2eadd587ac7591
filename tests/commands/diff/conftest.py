"""A server on which the tests of queries run."""

from collections.abc import Iterator

import pytest

from demo import query_test_databases
from demo.kept_warehouse import kept_warehouse


@pytest.fixture(scope="package")
def address_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    home = tmp_path_factory.mktemp("query_tests") / "demo"
    home.mkdir()
    (home / "version").touch()
    contents = query_test_databases.CONTENTS
    with kept_warehouse(home / contents.folder, contents=contents):
        yield (home / contents.folder / "address").read_text()
