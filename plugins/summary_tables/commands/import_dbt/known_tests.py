"""Tests that have a named check: dbt's own, and those of dbt_utils and dbt_expectations."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from summary_tables.commands.import_dbt.exported import exported_keys, without_raw
from summary_tables.commands.import_dbt.inlined import Queries
from summary_tables.commands.import_dbt.plan import relation_name
from summary_tables.commands.import_dbt.relations import is_plain, is_quoted, unquoted
from summary_tables.dbt.records import DataTest, Model, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSaid:
    """What such a test says is said otherwise here."""

    why: str
    fix: str = ""


Item = dict[str, Any]
_Made = Item | NotSaid | None


def named_check(test: DataTest, queries: Queries) -> _Made:
    """The named check that says the same; None: there is none, and the test's own query has to do."""
    make = _TESTS.get((test.namespace, test.kind)) or _of_export(test, queries)
    if make is None or any(test.arguments.get(key) for key in _OF_SOME_ROWS):
        return None
    return make(test, queries)


def _not_null(test: DataTest, _: Queries) -> _Made:
    return {"not_null": unquoted(test.column)} if _is_column(test.column) else None


def _unique(test: DataTest, _: Queries) -> _Made:
    return {"unique": unquoted(test.column)} if _is_column(test.column) else None


def _accepted_values(test: DataTest, _: Queries) -> _Made:
    values = test.arguments.get("values")
    if not _is_column(test.column) or not isinstance(values, list) or not values:
        return None
    # dbt writes them between quotes of SQL as they are.
    values = [value.replace("''", "'") if isinstance(value, str) else value for value in without_raw(values)]
    return {"accepted_values": {"column": unquoted(test.column), "values": [_plain(value) for value in values]}}


def _relationships(test: DataTest, queries: Queries) -> _Made:
    other, column = other_model(test, queries), test.arguments.get("field")
    if other is None or not _is_column(test.column) or not isinstance(column, str) or not _is_column(column):
        return None
    names = {"column": unquoted(test.column), "to": relation_name(other), "to_column": unquoted(column)}
    return {"relationships": names}


def other_model(test: DataTest, queries: Queries) -> Model | Source | None:
    """The other table that a test reads; None where there is none of that name, or not exactly one."""
    manifest = queries.project.manifest
    others = [unique_id for unique_id in test.depends_on if unique_id != test.model] or list(test.depends_on[:1])
    found = [manifest.nodes.get(unique_id) or manifest.sources_by_id.get(unique_id) for unique_id in others]
    if len(found) != 1 or found[0] is None or queries.plan.fate(found[0].unique_id) == "inlined":
        return None
    return found[0] if is_plain(relation_name(found[0])) and _is_named(found[0], test) else None


def _is_named(other: Model | Source, test: DataTest) -> bool:
    """The test's own words name it: `ref('users')`, or `source('raw', 'users')`."""
    written = test.arguments.get("to", test.arguments.get("compare_model", ""))
    return bool(re.search(rf"""["']{re.escape(other.name)}["']""", str(written)))


def _range(test: DataTest, _: Queries) -> _Made:
    limits = _limits(test)
    is_inclusive = test.arguments.get("inclusive", True) is not False and not test.arguments.get("strictly")
    if limits is None or not is_inclusive or not _is_name(test.column):
        return None
    return {"range": {"column": test.column, **limits}}


def _limits(test: DataTest, low: str = "min_value", high: str = "max_value") -> Item | None:
    """Bounds that are plain numbers; None: there are none, or only the warehouse knows them."""
    found = {name: test.arguments.get(key) for name, key in (("min", low), ("max", high))}
    given = {name: value for name, value in found.items() if value is not None}
    is_plain = all(isinstance(value, int | float) and not isinstance(value, bool) for value in given.values())
    return given if given and is_plain else None


def _combination(test: DataTest, _: Queries) -> _Made:
    columns = test.arguments.get("combination_of_columns", test.arguments.get("column_list"))
    is_known = isinstance(columns, list) and all(isinstance(each, str) and _is_name(each) for each in columns)
    return {"unique": columns} if is_known and not test.arguments.get("quote_columns") else None


def _null_share(test: DataTest, _: Queries) -> _Made:
    least = test.arguments.get("at_least")
    if not isinstance(least, int | float) or test.arguments.get("at_most", 1) != 1 or not _is_name(test.column):
        return None
    return {"null_share": {"column": test.column, "max": round(1 - least, 12)}}


def _length(test: DataTest, _: Queries) -> _Made:
    limits = _limits(test)
    is_known = limits and _is_name(test.column) and not test.arguments.get("strictly")
    return {"length": {"column": test.column, **limits}} if is_known and limits else None


def _one_length(test: DataTest, _: Queries) -> _Made:
    value = test.arguments.get("value")
    known = isinstance(value, int) and _is_name(test.column)
    return {"length": {"column": test.column, "min": value, "max": value}} if known else None


def _row_count(test: DataTest, _: Queries) -> _Made:
    limits = _limits(test)
    return {"row_count": limits} if limits and not test.arguments.get("strictly") else None


def _one_row_count(test: DataTest, _: Queries) -> _Made:
    value = test.arguments.get("value")
    return {"row_count": {"min": value, "max": value}} if isinstance(value, int) else None


def _same_row_count(test: DataTest, queries: Queries) -> _Made:
    other = other_model(test, queries)
    is_plain = other and not test.arguments.get("compare_row_condition") and not test.arguments.get("factor")
    return {"row_count_equals": {"table": relation_name(other)}} if other and is_plain else None


def _aggregate(kind: str) -> "Callable[[DataTest, Queries], _Made]":
    def make(test: DataTest, _: Queries) -> _Made:
        limits = _limits(test)
        is_known = limits and _is_name(test.column) and not test.arguments.get("strictly")
        return {kind: {"column": test.column, **limits}} if is_known and limits else None

    return make


def _of_export(test: DataTest, queries: Queries) -> "Callable[[DataTest, Queries], _Made] | None":
    """Of a test that `summary-tables export dbt` wrote; somebody else's of that name may mean another thing."""
    models = queries.project.manifest.models
    return _EXPORTED.get(test.kind) if any(exported_keys(model) is not None for model in models) else None


def _as_written(kind: str, **keys: str) -> "Callable[[DataTest, Queries], _Made]":
    """`keys`: what stands below the kind, by the names of arguments."""

    def make(test: DataTest, _: Queries) -> _Made:
        said = {key: without_raw(test.arguments[name]) for name, key in keys.items() if name in test.arguments}
        if kind == "unique":
            return {kind: said["columns"]}
        column = {"column": unquoted(test.column)} if test.column else {}
        return {kind: {**column, **said}}

    return make


_HOURS: Final = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168}


def _recent(test: DataTest, _: Queries) -> _Made:
    column = test.arguments.get("field") or test.column
    if test.arguments.get("ignore_time_component"):  # days are compared then, not hours
        return None
    hours, count = _HOURS.get(str(test.arguments.get("datepart"))), test.arguments.get("interval")
    if hours is None or not isinstance(count, int) or not isinstance(column, str) or not _is_name(column):
        return None
    return {"freshness": {"column": column, "within_hours": _whole_number(hours * count)}}


def _column_exists(_test: DataTest, _: Queries) -> _Made:
    return NotSaid(why="a table that lacks a column is not built where `columns` lists it", fix="list it in `columns`")


def _is_name(column: str) -> bool:
    """A column's own name, and no expression over it."""
    return column.isidentifier() and column == column.lower()


def _is_column(column: str) -> bool:
    return _is_name(column) or is_quoted(column)


def _plain(value: object) -> str | int | float:
    """As the warehouse shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str | int | float) else str(value)


def _whole_number(number: float) -> int | float:
    return int(number) if number == int(number) else round(number, 3)


_OF_SOME_ROWS: Final = ("row_condition", "group_by", "group_by_columns")
"""Arguments by which a test looks at some rows, or at each group of them by itself."""
_UTILS: Final = "dbt_utils"
_EXPECT: Final = "dbt_expectations"
_TESTS: Final[Mapping[tuple[str, str], Callable[[DataTest, Queries], _Made]]] = {
    ("", "not_null"): _not_null,
    ("", "unique"): _unique,
    ("", "accepted_values"): _accepted_values,
    ("", "relationships"): _relationships,
    (_UTILS, "accepted_range"): _range,
    (_UTILS, "unique_combination_of_columns"): _combination,
    (_UTILS, "not_null_proportion"): _null_share,
    (_UTILS, "equal_rowcount"): _same_row_count,
    (_UTILS, "recency"): _recent,
    (_EXPECT, "expect_column_to_exist"): _column_exists,
    (_EXPECT, "expect_column_values_to_not_be_null"): _not_null,
    (_EXPECT, "expect_column_values_to_be_unique"): _unique,
    (_EXPECT, "expect_column_values_to_be_between"): _range,
    (_EXPECT, "expect_column_value_lengths_to_be_between"): _length,
    (_EXPECT, "expect_column_value_lengths_to_equal"): _one_length,
    (_EXPECT, "expect_compound_columns_to_be_unique"): _combination,
    (_EXPECT, "expect_table_row_count_to_be_between"): _row_count,
    (_EXPECT, "expect_table_row_count_to_equal"): _one_row_count,
    (_EXPECT, "expect_table_row_count_to_equal_other_table"): _same_row_count,
    (_EXPECT, "expect_column_sum_to_be_between"): _aggregate("sum"),
    (_EXPECT, "expect_column_mean_to_be_between"): _aggregate("average"),
    (_EXPECT, "expect_row_values_to_have_recent_data"): _recent,
}

_EXPORTED: Final[Mapping[str, Callable[[DataTest, Queries], _Made]]] = {
    "unique_together": _as_written("unique", columns="columns"),
    "row_count": _as_written("row_count", min_rows="min", max_rows="max"),
    "same_row_count": _same_row_count,
    "value_range": _as_written("range", min_value="min", max_value="max"),
    "text_length": _as_written("length", min_length="min", max_length="max"),
    "null_share": _as_written("null_share", max_share="max"),
    "matches_pattern": _as_written("matches", pattern="pattern"),
    "fresh_within": _as_written("freshness", hours="within_hours"),
    "no_missing_days": _as_written("no_gaps"),
    "sum_between": _as_written("sum", min_value="min", max_value="max"),
    "average_between": _as_written("average", min_value="min", max_value="max"),
}
"""The tests that `commands/export_dbt/files/tests_generic/` has."""
