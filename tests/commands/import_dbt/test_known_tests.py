"""Which check says the same as a test of dbt, and the other way round."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from summary_tables.checks import check_from_item
from summary_tables.commands.export_dbt.data_tests import data_tests
from summary_tables.commands.export_dbt.origin import Origin
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.import_dbt.checks import NoCheck, checks_of
from summary_tables.commands.import_dbt.inlined import Queries
from summary_tables.commands.import_dbt.plan import Plan
from summary_tables.commands.import_dbt.project import DbtProject
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import DataTest, Model, Relation
from summary_tables.model.table import Schedule, SummaryTable
from summary_tables.sql.dialects.registry import dialect_of
from tests.dbt.made_model import made_model

Item = Mapping[str, Any]


ORDERS, USERS = (made_model(name, schema="analytics") for name in ("orders", "users"))
OF_EXPORT = replace(ORDERS, meta={"summary_tables": {}})
UTILS, EXPECT = "dbt_utils", "dbt_expectations"


def queries(*models: Model) -> Queries:
    manifest = Manifest(project="shop", models=models)
    fates = {each.unique_id: "inlined" if each.materialized == "ephemeral" else "table" for each in models}
    plan = Plan(manifest=manifest, fates=fates)  # type: ignore[arg-type]  # its words
    return Queries(project=DbtProject(manifest=manifest), plan=plan, dialect=dialect_of("postgres"))


def made(test: DataTest, *models: Model) -> tuple[Item, ...] | NoCheck:
    found = models or (ORDERS, USERS)
    return checks_of(test, found[0], queries(*found))


def data_test(kind: str, column: str = "", namespace: str = "", **arguments: Any) -> DataTest:
    reads_users = {"to", "compare_model"} & arguments.keys()
    return DataTest(
        unique_id="test.shop.t",
        name="t",
        package="shop",
        kind=kind,
        column=column,
        namespace=namespace,
        arguments=arguments,
        model="model.shop.orders",
        depends_on=("model.shop.orders", *(["model.shop.users"] if reads_users else [])),
    )


@pytest.mark.parametrize(
    ("test", "item"),
    [
        (data_test("not_null", "id"), {"not_null": "id"}),
        (data_test("not_null", '"Id"'), {"not_null": "Id"}),
        (data_test("unique", "id"), {"unique": "id"}),
        (
            data_test("accepted_values", "a", values=["it''s", 1, True, 1.5]),
            {"accepted_values": {"column": "a", "values": ["it's", 1, "true", 1.5]}},
        ),
        (
            data_test("relationships", "user_id", to="ref('users')", field="id"),
            {"relationships": {"column": "user_id", "to": "analytics.users", "to_column": "id"}},
        ),
        (
            data_test("accepted_range", "n", UTILS, min_value=0, max_value=9.5),
            {"range": {"column": "n", "min": 0, "max": 9.5}},
        ),
        (data_test("accepted_range", "n", UTILS, max_value=9), {"range": {"column": "n", "max": 9}}),
        (
            data_test("unique_combination_of_columns", "", UTILS, combination_of_columns=["a", "b"]),
            {"unique": ["a", "b"]},
        ),
        (data_test("not_null_proportion", "n", UTILS, at_least=0.9), {"null_share": {"column": "n", "max": 0.1}}),
        (
            data_test("equal_rowcount", "", UTILS, compare_model="ref('users')"),
            {"row_count_equals": {"table": "analytics.users"}},
        ),
        (
            data_test("recency", "", UTILS, field="at", datepart="minute", interval=90),
            {"freshness": {"column": "at", "within_hours": 1.5}},
        ),
        (
            data_test("recency", "", UTILS, field="at", datepart="hour", interval=5),
            {"freshness": {"column": "at", "within_hours": 5}},
        ),
        (
            data_test("recency", "", UTILS, field="at", datepart="week", interval=1),
            {"freshness": {"column": "at", "within_hours": 168}},
        ),
        (data_test("expect_column_values_to_not_be_null", "n", EXPECT), {"not_null": "n"}),
        (data_test("expect_column_values_to_be_unique", "n", EXPECT), {"unique": "n"}),
        (
            data_test("expect_column_values_to_be_between", "n", EXPECT, min_value=0),
            {"range": {"column": "n", "min": 0}},
        ),
        (
            data_test("expect_column_value_lengths_to_be_between", "n", EXPECT, min_value=1, max_value=3),
            {"length": {"column": "n", "min": 1, "max": 3}},
        ),
        (
            data_test("expect_column_value_lengths_to_equal", "n", EXPECT, value=3),
            {"length": {"column": "n", "min": 3, "max": 3}},
        ),
        (data_test("expect_compound_columns_to_be_unique", "", EXPECT, column_list=["a", "b"]), {"unique": ["a", "b"]}),
        (
            data_test("expect_table_row_count_to_be_between", "", EXPECT, min_value=1, max_value=3),
            {"row_count": {"min": 1, "max": 3}},
        ),
        (data_test("expect_table_row_count_to_equal", "", EXPECT, value=3), {"row_count": {"min": 3, "max": 3}}),
        (
            data_test("expect_table_row_count_to_equal_other_table", "", EXPECT, compare_model="ref('users')"),
            {"row_count_equals": {"table": "analytics.users"}},
        ),
        (data_test("expect_column_sum_to_be_between", "n", EXPECT, min_value=1), {"sum": {"column": "n", "min": 1}}),
        (
            data_test("expect_column_mean_to_be_between", "n", EXPECT, max_value=1),
            {"average": {"column": "n", "max": 1}},
        ),
        (
            data_test("expect_row_values_to_have_recent_data", "at", EXPECT, datepart="day", interval=1),
            {"freshness": {"column": "at", "within_hours": 24}},
        ),
    ],
)
def test_a_test_that_a_check_says(test: DataTest, item: Item) -> None:
    assert made(test) == (item,)
    assert made(replace(test, severity="warn", description="What\n it is")) == (
        {**item, "name": "What it is", "severity": "warn"},
    )


@pytest.mark.parametrize(
    "test",
    [
        data_test("accepted_range", "n", UTILS, min_value=0, inclusive=False),
        data_test("accepted_range", "n", UTILS, min_value="(select 1)"),
        data_test("accepted_range", "n", UTILS, min_value=True),
        data_test("accepted_range", "n", UTILS),
        data_test("accepted_range", "n + 1", UTILS, min_value=0),
        data_test("accepted_range", "N", UTILS, min_value=0),
        data_test("unique_combination_of_columns", "", UTILS, combination_of_columns=["a", "b || c"]),
        data_test("unique_combination_of_columns", "", UTILS, combination_of_columns=["a"], quote_columns=True),
        data_test("not_null_proportion", "n", UTILS, at_least=0.9, at_most=0.95),
        data_test("not_null_proportion", "n", UTILS, at_least="0.9"),
        data_test("equal_rowcount", "", UTILS, compare_model="ref('people')"),
        data_test("equal_rowcount", "", UTILS, compare_model="ref('users')", factor=2),
        data_test("equal_rowcount", "", UTILS, compare_model="ref('users')", compare_row_condition="a > 1"),
        data_test("recency", "", UTILS, field="at", datepart="month", interval=1),
        data_test("recency", "", UTILS, field="at", datepart="day", interval="2"),
        data_test("recency", "", UTILS, field="at::date", datepart="day", interval=1),
        # It finds a day that is there twice, too, which `no_gaps` does not.
        data_test("sequential_values", "day", UTILS, datepart="day"),
        data_test("recency", "", UTILS, field="at", datepart="day", interval=1, ignore_time_component=True),
        data_test("expect_column_values_to_be_between", "n", EXPECT, min_value=0, strictly=True),
        data_test("expect_column_values_to_be_between", "n", EXPECT, min_value=0, row_condition="a > 1"),
        # They find a NULL, too, which the checks leave out.
        data_test("expect_column_values_to_match_regex", "n", EXPECT, regex="^a"),
        data_test("expect_column_values_to_be_in_set", "n", EXPECT, value_set=[1]),
        data_test("expect_column_sum_to_be_between", "n", EXPECT, min_value=1, group_by=["day"]),
        data_test("expect_table_row_count_to_be_between", "", EXPECT, min_value=1, group_by=["day"]),
        data_test("expect_column_value_lengths_to_be_between", "n", EXPECT, min_value=1, strictly=True),
        data_test("expect_column_value_lengths_to_equal", "n", EXPECT, value="(select 1)"),
        data_test("expect_table_row_count_to_be_between", "", EXPECT, min_value=1, strictly=True),
        data_test("expect_table_row_count_to_be_between", "", EXPECT, min_value=1, group_by_columns=["a"]),
        data_test("expect_table_row_count_to_equal", "", EXPECT, value="(select 1)"),
        data_test("expect_column_sum_to_be_between", "n", EXPECT, min_value=1, strictly=True),
        data_test("relationships", "user_id", to="ref('users')", field="lower(id)"),
        data_test("relationships", "user_id", to="ref('people')", field="id"),
        data_test("unique_combination_of_columns", "", UTILS, combination_of_columns="a"),
        data_test("unique_together", "", columns=["a", "b"]),
    ],
)
def test_what_no_check_says_is_not_said_in_other_words(test: DataTest) -> None:
    found = made(test)
    assert isinstance(found, NoCheck), found
    assert found.why == f"`t` needs the test `{test.kind}`, which only dbt can fill in"


@pytest.mark.parametrize("table", ["사용자", "order lines", "Users"])
def test_a_table_whose_name_needs_quotes_is_named_by_no_check(table: str) -> None:
    users = replace(USERS, relation=Relation(schema="analytics", table=table))
    found = made(data_test("relationships", "user_id", to="ref('users')", field="id"), ORDERS, users)
    assert isinstance(found, NoCheck), found


@pytest.mark.parametrize(
    ("test", "sql"),
    [
        (data_test("not_null", "a -> 'b'"), "WHERE a -> 'b' IS NULL"),
        (replace(data_test("not_null", "a"), condition="b > 1"), "WHERE (b > 1) AND a IS NULL"),
        (data_test("accepted_values", "lower(a)", values=["x"]), "WHERE lower(a) NOT IN ('x')"),
        (data_test("accepted_values", "n + 1", values=[1, 2], quote=False), "WHERE n + 1 NOT IN (1, 2)"),
    ],
)
def test_what_dbts_own_tests_say_of_an_expression_is_a_query(test: DataTest, sql: str) -> None:
    assert made(test) == ({"no_rows": f"SELECT *\nFROM {{schema}}.temp_{{table}}\n{sql}\n", "name": "t"},)


@pytest.mark.parametrize(
    ("bounds", "items"),
    [
        ({"warn_if": ">0", "error_if": ">= 1"}, []),
        ({"warn_if": "> 0", "error_if": ">=1"}, []),
        ({"error_if": "> 10", "warn_if": "> 10"}, [("t", "le", 10, "")]),
        ({"severity": "warn", "error_if": "> 10", "warn_if": "> 10"}, [("t (warning)", "le", 10, "warn")]),
        ({"error_if": "== 5", "warn_if": "<> 6"}, [("t", "ne", 5, ""), ("t (warning)", "eq", 6, "warn")]),
        ({"error_if": ">= 10", "warn_if": "!=0"}, [("t", "lt", 10, ""), ("t (warning)", "eq", 0, "warn")]),
        ({"error_if": "> 10", "severity": "warn", "warn_if": "< 5"}, [("t (warning)", "ge", 5, "warn")]),
        ({"error_if": "<= 5", "warn_if": "<0"}, [("t", "gt", 5, "")]),
        (
            {"fail_calc": "max(n)", "error_if": "<0", "warn_if": "= 3"},
            [("t", "ge", 0, ""), ("t (warning)", "ne", 3, "warn")],
        ),
    ],
)
def test_bounds_of_how_many_rows_are_wrong(bounds: dict[str, Any], items: list[tuple[str, str, int, str]]) -> None:
    """dbt says when a test fails, a check when it holds."""
    test = replace(data_test("not_null", "id"), **bounds)
    found = made(test)
    assert not isinstance(found, NoCheck)
    if not items:
        assert found == ({"not_null": "id"},)
        return
    assert [(each["name"], each["op"], each["count"], each.get("severity", "")) for each in found] == items
    assert all(each["sql"].startswith(f"SELECT {test.fail_calc} FROM (\nSELECT *\nFROM ") for each in found)


def test_a_test_whose_name_is_long_is_called_by_what_it_asks() -> None:
    test = replace(data_test("not_null", "a || b", UTILS), namespace="", name="n" * 90)
    found = made(test)
    assert not isinstance(found, NoCheck)
    assert found[0]["name"] == "not null a || b"


def test_a_bound_that_cannot_be_read() -> None:
    found = made(replace(data_test("not_null", "id"), error_if="between 1 and 3"))
    assert isinstance(found, NoCheck)
    assert (found.why, found.fix) == (
        "`between 1 and 3` cannot be read",
        "write the check by hand, as `sql`, `op` and `count`",
    )


ITEMS: list[dict[str, Any]] = [
    {"not_null": "id"},
    {"unique": "id"},
    {"unique": ["id", "day"]},
    {"accepted_values": {"column": "a", "values": ["it's", "{{ x }}", "1"]}},
    {"relationships": {"column": "user_id", "to": "analytics.users", "to_column": "id"}},
    {"row_count": {"min": 1}},
    {"row_count": {"max": 5}},
    {"row_count_equals": {"table": "analytics.users"}},
    {"range": {"column": "n", "min": 0, "max": 9.5}},
    {"length": {"column": "a", "min": 1, "max": 3}},
    {"null_share": {"column": "a", "max": 0.25}},
    {"matches": {"column": "a", "pattern": "^{{%[0-9]+$"}},
    {"freshness": {"column": "at", "within_hours": 36}},
    {"no_gaps": {"column": "day"}},
    {"sum": {"column": "n", "min": 1, "max": 3}},
    {"average": {"column": "n", "max": 3}},
]
DAILY = SummaryTable(table="daily", schema="analytics", main_sql="", schedule=Schedule(cron="0 3 * * *"))
MORE: list[dict[str, Any]] = [{}, {"name": "Is it {{ so }}?", "severity": "warn", "samples": False}]


@pytest.mark.parametrize("more", MORE, ids=["plain", "named"])
@pytest.mark.parametrize("item", ITEMS, ids=[next(iter(item)) for item in ITEMS])
def test_a_check_that_goes_to_dbt_comes_back_as_it_was(item: dict[str, Any], more: dict[str, Any]) -> None:
    check = check_from_item({**item, **more})
    (written,) = data_tests(check, References(models={"analytics.users": "users"}), DAILY)
    entry = written.entry(Origin.of(check, "output_check", "analytics.daily"), "analytics.daily")
    said: dict[str, Any] = {} if isinstance(entry, str) else entry[written.name]
    config = said.get("config", {})
    read = replace(
        data_test(written.name, written.column, **said.get("arguments", {})),
        description=said.get("description", "").removeprefix("{% raw %}").removesuffix("{% endraw %}"),
        severity=config.get("severity", "error"),
        meta=config.get("meta", {}),
    )
    assert made(read, OF_EXPORT, USERS) == ({**item, **more},)
