"""Which word somebody meant."""

from summary_tables.text.spelling import nearest, nearest_table


def test_nearest() -> None:
    assert nearest("RETRYS", ["retries", "owner"]) == "retries"
    assert nearest("xyz", ["retries", "owner"]) is None
    assert nearest("x", []) is None


def test_a_common_schema_makes_no_two_tables_alike() -> None:
    assert nearest_table("analytics.orders", ["analytics.order", "analytics.users"]) == "analytics.order"
    assert nearest("analytics.abc", ["analytics.xyz"]) == "analytics.xyz"
    assert nearest_table("analytics.abc", ["analytics.xyz"]) is None
