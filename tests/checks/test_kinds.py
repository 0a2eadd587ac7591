"""What each kind is called, the columns and the table it looks at, and its whole SQL for both warehouses."""

from typing import Any

import pytest

from summary_tables.checks import CHECK_KINDS, check_from_item
from tests.golden_files import assert_golden

ITEMS: list[dict[str, Any]] = [
    {"row_count": {"min": 12}},
    {"row_count": {"min": 12, "max": 1000}, "table": "raw_data.nps"},
    {"not_null": "date"},
    {"not_null": ["date", "nps"], "table": "raw_data.nps"},
    {"unique": "date"},
    {"unique": ["date", "channel"], "name": "하루에 한 행"},
    {"accepted_values": {"column": "channel", "values": ["A", "it's", 3, True]}},
    {"range": {"column": "nps", "min": -100, "max": 100}},
    {"range": {"column": "date", "min": "2019-01-01"}, "table": "raw_data.nps"},
    {"null_share": {"column": "nps", "max": 0.05}},
    {"matches": {"column": "month", "pattern": r"^\d{4}-\d{2}$"}},
    {"length": {"column": "channel", "min": 1, "max": 20}},
    {"relationships": {"column": "userid", "to": "raw_data.users", "to_column": "id"}, "table": "raw_data.nps"},
    {"freshness": {"column": "created_at", "within_hours": 26}, "table": "raw_data.nps"},
    {"no_gaps": {"column": "date"}},
    {"sum": {"column": "x", "min": 1, "max": 2}},
    {"average": {"column": "x", "max": 2.5}},
    {"sum": {"column": "x", "max_decrease_percent": 10}},
    {"average": {"column": 'a"b', "min": 1, "max_decrease_percent": 10, "max_increase_percent": 0.5}},
    {"row_count_equals": {"table": "raw_data.orders"}},
    {"row_count_equals": {"table": "raw_data.orders"}, "table": "raw_data.nps"},
    {"row_count_change": {"max_decrease_percent": 10, "max_increase_percent": 50}},
    {"row_count_change": {"max_decrease_percent": 0}},
    {"row_count_change": {"max_increase_percent": 12.5, "compared_to": "same_weekday"}},
    {"no_rows": "SELECT date FROM {schema}.temp_{table} WHERE nps > 100"},
    {"sql": "SELECT COUNT(1) FROM {schema}.temp_{table}", "count": 12},
]


def test_every_kind_has_its_words_and_its_statement() -> None:
    checks = [check_from_item(item) for item in ITEMS]
    assert {type(check) for check in checks} == set(CHECK_KINDS.values())
    shown = (f"-- {check.label()}\n{check.sql}\n" for check in checks)
    assert_golden("checks/statements.sql", "\n".join(shown))


def test_statements_that_select_no_value() -> None:
    checks = [(check_from_item(item), check_from_item(item).without_samples()) for item in ITEMS]
    shown = (f"-- {bare.label()}\n{bare.sql}\n" for check, bare in checks if bare.sql != check.sql)
    assert_golden("checks/statements_without_samples.sql", "\n".join(shown))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: next(iter(item)))
def test_record_of_an_item(item: dict[str, Any]) -> None:
    check = check_from_item(item)
    assert hash(check) == hash(check_from_item(item))
    assert check == check_from_item(item)
    assert check.looks_at == item.get("table", "")
    assert check_from_item({**item, "name": "x"}).label() == "x"
    assert check_from_item({**item, "severity": "warn"}).severity == "warn"
    assert (check.severity, check.samples) == ("error", True)
    assert check_from_item({**item, "samples": False}) == check.without_samples() != check
    assert set(check.columns) == columns(item[check.KEY], check.IS_QUERY)


def columns(value: Any, is_query: bool) -> set[str]:
    if isinstance(value, dict):
        return {value["column"]} if "column" in value else set()
    return set() if is_query else {value} if isinstance(value, str) else set(value)


def statements() -> set[str]:
    checks = [check_from_item(item) for item in ITEMS]
    return {check.sql for check in (*checks, *(check.without_samples() for check in checks))}


def test_no_statement_needs_what_redshift_does_not_have() -> None:
    for sql in statements():
        words = ("FILTER", "ARRAY_AGG", "STRING_AGG", "::", "\\", "LATERAL")
        assert not [word for word in words if word in sql.upper()], sql


def test_every_kind_can_be_read_by_both_parsers() -> None:
    from sqlglot import parse_one

    for statement in statements():
        sql = statement.replace("{schema}.temp_{table}", "a.b").replace("{{ data_interval_end }}", "x")
        sql = sql.replace("{earlier_builds}", "a.c").replace("{live_table}", "a.d")
        for dialect in ("postgres", "redshift"):
            assert parse_one(sql, dialect=dialect), sql


def test_item_of_no_kind() -> None:
    with pytest.raises(KeyError, match="no check kind"):
        check_from_item({"name": "x"})
