"""What dbt filters by, and what a run here filters by in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.commands.import_dbt.time_filter import Filter, UnknownFilter, interval_filter, without_lookback
from summary_tables.sql.dialects.registry import dialect_of

POSTGRES = dialect_of("postgres")
THIS = '"shop"."analytics"."orders"'
WHOLE = "select id, day, loaded_at from raw.orders where id > 0"

START, END = "'{{ data_interval_start }}'", "'{{ data_interval_end }}'"
DAY_START, DAY_END = "'{{ data_interval_start | ds }}'", "'{{ data_interval_end | ds }}'"


def filtered(condition: str) -> Filter | UnknownFilter | None:
    return interval_filter(WHOLE, f"{WHOLE} {condition.format(this=THIS)}", THIS, POSTGRES)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("and loaded_at > (select max(loaded_at) from {this})", f"loaded_at >= {START} AND loaded_at < {END}"),
        (
            "and loaded_at >= (select coalesce(max(loaded_at), '1900-01-01') from {this})",
            f"loaded_at >= {START} AND loaded_at < {END}",
        ),
        (
            "and loaded_at >= coalesce((select max(t.loaded_at) as newest from {this} t), '1900-01-01'::timestamp)",
            f"loaded_at >= {START} AND loaded_at < {END}",
        ),
        (
            "AND orders.day >= (SELECT MAX(day) - 3 FROM {this} AS t)",
            "orders.day >= '{{ data_interval_start.subtract(days=4) | ds }}' AND orders.day < " + DAY_END,
        ),
        (
            "and loaded_at >= (select max(loaded_at) - interval '2 hours' from {this})",
            "loaded_at >= '{{ data_interval_start.subtract(hours=2, days=1) }}' AND loaded_at < " + END,
        ),
        (
            "and loaded_at >= dateadd(day, -3, (select max(loaded_at)::date from {this}))",
            "loaded_at >= '{{ data_interval_start.subtract(days=4) | ds }}' AND loaded_at < " + DAY_END,
        ),
        (
            "and loaded_at::date > (select max(loaded_at)::date from {this})",
            f"loaded_at::date >= {DAY_START} AND loaded_at::date < {DAY_END}",
        ),
        (
            "and cast(loaded_at as date) >= (select date_trunc('day', max(loaded_at)) from {this})",
            "cast(loaded_at as date) >= '{{ data_interval_start.subtract(days=1) | ds }}'"
            f" AND cast(loaded_at as date) < {DAY_END}",
        ),
        (
            "and day >= current_date - 7",
            "day >= '{{ data_interval_start.subtract(days=7) | ds }}' AND day < " + DAY_END,
        ),
        (
            "and loaded_at >= now() - interval '1 day'",
            "loaded_at >= '{{ data_interval_start.subtract(days=1) }}' AND loaded_at < " + END,
        ),
        (
            "and day >= (select max(day) from {this})",
            f"day >= '{{{{ data_interval_start.subtract(days=1) }}}}' AND day < {END}",
        ),
        (
            "and loaded_at > (select max(loaded_at) - interval '2 days' from {this}) - interval '1 day'",
            "loaded_at >= '{{ data_interval_start.subtract(days=4) }}' AND loaded_at < " + END,
        ),
        (
            "and loaded_at > (select max(loaded_at) from {this}) + ((interval '1 hour') * (-6))",
            "loaded_at >= '{{ data_interval_start.subtract(hours=6, days=1) }}' AND loaded_at < " + END,
        ),
        (
            "and (loaded_at > (select max(loaded_at) from {this}))",
            f"(loaded_at >= {START} AND loaded_at < {END})",
        ),
        (
            "and loaded_at > timestamp((select max(loaded_at) from {this}))",
            f"loaded_at >= {START} AND loaded_at < {END}",
        ),
        (
            "and CAST(\nloaded_at AS DATE) > (select CAST(MAX(\nloaded_at) AS DATE) from {this})",
            f"CAST(\nloaded_at AS DATE) >= {DAY_START} AND CAST(\nloaded_at AS DATE) < {DAY_END}",
        ),
        (
            "and loaded_at > current_timestamp(6) - interval '1 week'",
            "loaded_at >= '{{ data_interval_start.subtract(weeks=1) }}' AND loaded_at < " + END,
        ),
        *(
            (
                f"and loaded_at > (select max(loaded_at) from {{this}}) - {interval}",
                f"loaded_at >= '{{{{ data_interval_start.subtract({unit}s=3, days=1) }}}}' AND loaded_at < {END}",
            )
            for unit in ("minute", "hour", "week", "month")
            for interval in (f"interval '3 {unit}s'", f"'3 {unit}s'::interval", f"interval 3 {unit}")
        ),
        *(
            (
                f"and loaded_at >= (select date_trunc('{unit}', max(loaded_at)) from {{this}})",
                f"loaded_at >= '{{{{ data_interval_start.subtract(days=1) }}}}' AND loaded_at < {END}",
            )
            for unit in ("minute", "hour", "day")
        ),
        *(
            (
                f"and {day} >= (select max({day}) from {{this}})",
                f"{day} >= '{{{{ data_interval_start.subtract(days=1) }}}}' AND {day} < {END}",
            )
            for day in ("created_date", "dt", "ds")
        ),
    ],
)
def test_known_shapes(condition: str, expected: str) -> None:
    found = filtered(condition)
    assert isinstance(found, Filter), found
    assert found.sql.lower() == f"{WHOLE} and {expected}".lower()


@pytest.mark.parametrize(
    "condition",
    [
        "and id not in (select id from {this})",
        "and (loaded_at > (select max(loaded_at) from {this}) or status = 'open')",
        "and loaded_at > (select max(loaded_at) from {this}) or status = 'open'",
        "and not loaded_at > (select max(loaded_at) from {this})",
        "and loaded_at > (select max(loaded_at) from {this} where status = 'open')",
        "and loaded_at > (select min(loaded_at) from {this})",
        "and loaded_at > (select max(loaded_at) from {this}) and day > (select max(day) from {this})",
        "and loaded_at > (select max(loaded_at) + interval '1 day' from {this})",
        "and status = 'open'",
        "and status = 'open' and loaded_at > (select max(loaded_at) from {this})",
        "and loaded_at > (select max(loaded_at) from {this}) limit 10",
        "and id in (select id from raw.changes where loaded_at > (select max(loaded_at) from {this}))",
        "and date_trunc('month', loaded_at) >= (select date_trunc('month', max(loaded_at)) from {this})",
        "and loaded_at >= (select date_trunc('month', max(loaded_at)) from {this})",
        "and loaded_at + interval '1 hour' > (select max(loaded_at) from {this})",
        "and (select loaded_at) > (select max(loaded_at) from {this})",
        "and loaded_at < (select max(loaded_at) from {this})",
        "and loaded_at > (select max(loaded_at) from raw.other)",
        "and loaded_at > now() - interval '1 year'",
        *(
            f"and {column} >= (select max(loaded_at) from {{this}})"
            for unit in ("week", "quarter", "year")
            for column in (f"DATE_TRUNC(\n'{unit}', loaded_at)", f"timestamp_trunc(loaded_at, {unit})")
        ),
    ],
)
def test_what_is_not_known_is_said_and_not_guessed(condition: str) -> None:
    found = filtered(condition)
    assert isinstance(found, UnknownFilter), found
    assert found.text == " ".join(condition.format(this=THIS).split())


def test_what_is_too_long_to_be_compared_is_said_as_a_whole() -> None:
    whole, increment = (f"select {', '.join(f'{name}{number}' for number in range(2500))}" for name in "ab")
    assert interval_filter(whole, increment, THIS, POSTGRES) == UnknownFilter(text=increment)


def test_no_filter() -> None:
    assert filtered("  -- nothing more") is None


def test_each_part_of_a_query_is_filtered_by_its_own_time() -> None:
    newest = f"(select max(loaded_at) from {THIS})"
    whole = "with a as (select * from raw.a where true), b as (select * from raw.b where true) select * from a, b"
    increment = whole.replace("raw.a where true", f"raw.a where true and a_at > {newest}")
    increment = increment.replace("raw.b where true", f"raw.b where true and b_at > {newest}")
    found = interval_filter(whole, increment, THIS, POSTGRES)
    assert isinstance(found, Filter)
    assert found.sql.count("{{ data_interval_start }}") == 2
    assert THIS not in found.sql


@pytest.mark.parametrize(
    ("whole", "increment", "said"),
    [
        ("{} union all select 1", "{}", "union all select 1"),
        ("{} and n > 0 or x", "{} and {}", "{}"),
        ("{} union all select 1", "{} and {}", "and {}"),
    ],
)
def test_what_only_a_full_build_has_is_not_lost(whole: str, increment: str, said: str) -> None:
    newest = f"day > (select max(day) from {THIS})"
    found = interval_filter(whole.format(WHOLE), increment.format(WHOLE, newest), THIS, POSTGRES)
    assert isinstance(found, UnknownFilter)
    assert said.format(newest) in found.text


def test_a_filter_of_true_holds_always() -> None:
    newest = f"day > (select max(day) from {THIS})"
    found = interval_filter(
        "select day from raw.a where 1 = 1", f"select day from raw.a where {newest}", THIS, POSTGRES
    )
    assert isinstance(found, Filter)


@pytest.mark.parametrize("before", ["from raw.a where", "from raw.a join raw.b on", "from raw.a group by day having"])
@pytest.mark.parametrize(
    "behind",
    ["", "group by day", "having true", "order by day", "limit 5", "union select 1", "window w as ()", "and id > 1"],
)
def test_a_filter_ends_where_its_clause_ends(before: str, behind: str) -> None:
    whole, newest = f"select day {before} true {behind}", f"day > (select max(day) from {THIS})"
    found = interval_filter(whole, whole.replace("true", newest, 1), THIS, POSTGRES)
    assert isinstance(found, Filter), found
    assert found.sql == f"select day {before} day >= {START} AND day < {END} {behind}"


def test_different_lookbacks_are_not_one() -> None:
    newest = f"(select max(day) from {THIS})"
    whole = "with a as (select * from raw.a where true), b as (select * from raw.b where true) select * from a, b"
    increment = whole.replace("raw.a where true", f"raw.a where true and day > {newest}")
    increment = increment.replace("raw.b where true", f"raw.b where true and day > {newest} - 3")
    assert isinstance(interval_filter(whole, increment, THIS, POSTGRES), UnknownFilter)


def test_only_the_rows_of_the_interval() -> None:
    found = filtered("and day >= (select max(day) - 3 from {this})")
    assert isinstance(found, Filter)
    assert without_lookback(found).sql == f"{WHOLE} and day >= {DAY_START} AND day < {DAY_END}"
    assert found.value.goes_back
    assert not without_lookback(found).value.goes_back


@given(st.text(st.sampled_from("()'\"-;,.<>= abmax01\n"), max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    found = filtered(f"and loaded_at > (select max(loaded_at) from {THIS}) {text.replace('{', '')}")
    assert found is None or isinstance(found, Filter | UnknownFilter)
