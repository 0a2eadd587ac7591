"""An address as messages name it."""

import pytest

from summary_tables.warehouse.session.connect_options import where


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("db", 6432, "db:6432"),
        ("db", None, "db:5432"),
        ("/run/pg", 5432, "the socket in /run/pg"),
        ("", None, "this machine"),
    ],
)
def test_an_address_is_told_without_anything_secret(host: str, port: int | None, words: str) -> None:
    assert where(host, port) == words
