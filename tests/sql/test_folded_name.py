"""Names as the warehouse folds them."""

import pytest

from summary_tables.sql.folded_name import folded


@pytest.mark.parametrize(
    ("written", "known"),
    [("Orders", "orders"), ('"Orders"', "Orders"), ('"a""b"', 'a"b'), ("주문", "주문"), ('""', "")],
)
def test_folded(written: str, known: str) -> None:
    assert folded(written) == known
