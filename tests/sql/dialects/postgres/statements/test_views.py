"""The settings of a view as CREATE VIEW takes them."""

import pytest

from summary_tables.sql.dialects.postgres.statements.views import view_options


@pytest.mark.parametrize(
    ("options", "sql"),
    [
        ((), ""),
        (("security_barrier=on",), """ WITH ("security_barrier" = 'on')"""),
        (("a=b=c", "d="), """ WITH ("a" = 'b=c', "d" = '')"""),
    ],
)
def test_view_options(options: tuple[str, ...], sql: str) -> None:
    assert view_options(options) == sql
