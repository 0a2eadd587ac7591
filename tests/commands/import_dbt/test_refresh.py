"""How dbt adds rows -> `refresh`: from the strategy, the key and the time that a model filters by."""

from typing import Any

import pytest

from summary_tables.commands.import_dbt.model_code import Code
from summary_tables.commands.import_dbt.refresh import Growth, growth_of
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.dbt.not_understood import NotUnderstood
from summary_tables.dbt.records import Column, Model
from summary_tables.sql.dialects.registry import dialect_of
from tests.dbt.made_model import made_model

POSTGRES = dialect_of("postgres")
THIS = '"warehouse"."analytics"."orders"'
WHOLE = "select id, day, updated_at from raw.orders"


def orders(columns: dict[str, str] | None = None, written: tuple[str, ...] = (), **config: Any) -> Model:
    return made_model(
        "orders",
        schema="analytics",
        materialized="incremental",
        raw_code="select\n{% if is_incremental() %}",
        columns=tuple(Column(name=name, data_type=kind) for name, kind in (columns or {}).items()),
        written=frozenset(written),
        config=config,
    )


def growth(model: Model, newest: str = "") -> tuple[Growth, list[str]]:
    """`newest` is the column by which a run leaves out what is there."""
    added = f" where {newest} > (select max({newest.partition('::')[0]}) from {THIS})" if newest else ""
    remarks = Remarks()
    found = growth_of(model, Code(whole=WHOLE, increment=f"{WHOLE}{added}"), POSTGRES, remarks)
    return found, [str(remark.problem) for remark in remarks.found]


@pytest.mark.parametrize(
    ("config", "newest", "refresh"),
    [
        ({}, "updated_at", "append"),
        ({"incremental_strategy": "append", "unique_key": "id"}, "updated_at", "append"),
        ({"unique_key": "id"}, "updated_at", {"merge": {"unique_key": "id"}}),
        ({"unique_key": "id, day"}, "updated_at", {"merge": {"unique_key": ["id", "day"]}}),
        ({"unique_key": ["id", " day "]}, "updated_at", {"merge": {"unique_key": ["id", "day"]}}),
        ({"unique_key": "day"}, "day", {"delete_insert": {"time_column": "day"}}),
        ({"unique_key": "day"}, 'orders."day"', {"delete_insert": {"time_column": "day"}}),
        ({"unique_key": "day"}, "day::date", {"delete_insert": {"time_column": "day"}}),
        ({"unique_key": "seen_at"}, "seen_at", {"merge": {"unique_key": "seen_at"}}),
        ({"unique_key": "updated_at"}, "updated_at", {"merge": {"unique_key": "updated_at"}}),
        ({"unique_key": "day"}, "updated_at", {"merge": {"unique_key": "day"}}),
        ({"unique_key": ["day", "id"]}, "day", {"merge": {"unique_key": ["day", "id"]}}),
        (
            {"incremental_strategy": "insert_overwrite", "partition_by": {"field": "day"}},
            "updated_at",
            {"delete_insert": {"time_column": "day"}},
        ),
        (
            {"incremental_strategy": "insert_overwrite", "partition_by": {"field": "t", "data_type": "timestamp"}},
            "updated_at",
            {"delete_insert": {"time_column": "t"}},
        ),
        (
            {"incremental_strategy": "insert_overwrite", "partition_by": {"field": "id", "data_type": "int64"}},
            "updated_at",
            "",
        ),
    ],
)
def test_strategy_and_key(config: dict[str, Any], newest: str, refresh: object) -> None:
    found, _ = growth(orders(**config), newest)
    assert found.refresh == refresh
    assert found.has_interval is bool(refresh)
    assert ("data_interval_start" in found.sql) is bool(refresh)


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_full_refresh_that_is_forbidden_stays_so(is_whole: bool) -> None:
    found, _ = growth(orders(full_refresh=False), "id" if is_whole else "updated_at")
    assert (found.settings, bool(found.refresh)) == ({"full_refresh": False}, not is_whole)
    assert growth(orders(full_refresh=True), "updated_at")[0].settings == {}


@pytest.mark.parametrize(
    ("newest", "columns", "said"),
    [
        ("updated_at", {}, "info"),
        ("created_on", {}, "info"),
        ("last_modified", {}, "info"),
        ("_synced", {}, "info"),
        ("seen", {"seen": "timestamptz"}, "info"),
        ("seen", {"seen": "DATE"}, "info"),
        ("seen", {}, "warning"),
        ("seen", {"seen": "text"}, "warning"),
        ("order_id", {}, "no time"),
        ("batch", {}, "no time"),
        ("seen", {"seen": "bigint"}, "no time"),
        ("updated_at", {"updated_at": "int"}, "no time"),
    ],
)
def test_what_is_compared_is_a_time_for_certain_perhaps_or_not(newest: str, columns: dict[str, str], said: str) -> None:
    found, remarks = growth(orders(columns), newest)
    what = f"a run of `orders` took rows by the newest `{newest}`; here it takes those of its interval, by `{newest}`"
    expected = {
        "info": f"models/orders.sql:2:1: info[import] {what}",
        "warning": f"models/orders.sql:2:1: warning[import] {what}; fix: see that `{newest}` is a date or a time",
        "no time": f"models/orders.sql:2:1: warning[import] `orders` leaves out what it has already by `{newest}`, "
        "which is no time; fix: each run builds the whole table until you write `refresh`, and in the query "
        "`... >= '{{ data_interval_start }}' AND ... < '{{ data_interval_end }}'`",
    }
    assert remarks == [expected[said]]
    assert found.has_interval is (said != "no time")


@pytest.mark.parametrize(
    ("batch", "schedule"), [("hour", "@hourly"), ("day", "@daily"), ("month", "@monthly"), ("year", "@yearly")]
)
@pytest.mark.parametrize(
    ("lookback", "written", "level"), [(0, ("lookback",), ""), (1, (), "info"), (1, ("lookback",), "warning")]
)
def test_batches(batch: str, schedule: str, lookback: int, written: tuple[str, ...], level: str) -> None:
    config: dict[str, Any] = {"event_time": "day", "batch_size": batch, "lookback": lookback}
    found, remarks = growth(
        orders(None, written, incremental_strategy="microbatch", begin="2026-01-01T00:00:00", **config)
    )
    assert found == Growth(
        sql=f"SELECT batch.*\nFROM (\n{WHOLE}\n) AS batch\n"
        "WHERE day >= '{{ data_interval_start }}' AND day < '{{ data_interval_end }}'",
        refresh={"delete_insert": {"time_column": "day", "start": "2026-01-01"}},
        schedule=schedule,
        has_interval=True,
    )
    back = (
        f"models/orders.sql: {level}[import] `lookback: 1` of `orders`: a run here builds the rows of its own {batch} "
        f"alone; fix: start a backfill of the {batch}s to which rows came late"
    )
    own = "the rows of `orders` are filtered by its own `event_time` here, behind its query"
    assert remarks == [*([back] if level else []), f"models/orders.sql: info[import] {own}"]


def test_what_only_dbt_can_fill_in_is_said_where_it_stands() -> None:
    remarks = Remarks()
    code = Code(whole=WHOLE, not_understood=NotUnderstood(what="`newest()`", line=7))
    assert growth_of(orders(), code, POSTGRES, remarks) == Growth(sql=WHOLE)
    (said,) = [str(remark.problem) for remark in remarks.found]
    what = "a run that adds rows to `orders` needs `newest()`, which only dbt can fill in"
    assert said.startswith(f"models/orders.sql:7:1: warning[import] {what}; fix: ")


def test_a_key_that_is_no_column_and_a_filter_that_is_long() -> None:
    found, (said,) = growth(orders(unique_key="coalesce(id; 0)"), "updated_at")
    assert (found.refresh, "the `unique_key` of `orders` is no column: `coalesce(id; 0)`" in said) == ("", True)
    remarks = Remarks()
    code = Code(whole=WHOLE, increment=f"{WHOLE} where name = '{'x' * 200}'")
    growth_of(orders(), code, POSTGRES, remarks)
    assert f"not known here: `where name = '{'x' * 103}...`" in str(remarks.found[0].problem)
