"""Which ends of an interval two runs take, or none."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import inclusive_end
from tests.lint.rules.one_rule import config, said

APPEND = 'schedule: "@daily"\nrefresh: append\n'
BY_TIME = APPEND.replace("append", "{delete_insert: {time_column: at}}")
MERGE = APPEND.replace("append", "{merge: {unique_key: at}}")
START, END = "'{{ data_interval_start }}'", "'{{ data_interval_end }}'"
TWICE = "which the next run has, too: rows of exactly this moment come twice"


def query(where: str) -> str:
    return f"SELECT at\nFROM raw_data.a\nWHERE {where}"


def found(folder: Path, where: str, more: str = APPEND) -> list[str]:
    return [line.partition(" ")[2] for line in said(inclusive_end.RULE, folder, config(query(where), more))]


@pytest.mark.parametrize(
    ("where", "message", "right"),
    [
        (f"at BETWEEN {START} AND {END}", f"`BETWEEN` takes in {END}, {TWICE}", f"at >= {START} AND at < {END}"),
        (
            "a.at BETWEEN '{{ ds }}' AND '{{ macros.ds_add(ds, 1) }}'",
            "`BETWEEN` takes in '{{ macros.ds_add(ds, 1) }}', " + TWICE,
            "a.at >= '{{ ds }}' AND a.at < '{{ macros.ds_add(ds, 1) }}'",
        ),
        (
            "CAST(at AS date) BETWEEN '{{ data_interval_start|ds }}'::date AND '{{ data_interval_end|ds }}'::date",
            "`BETWEEN` takes in '{{ data_interval_end|ds }}'::date, " + TWICE,
            "CAST(at AS date) >= '{{ data_interval_start|ds }}'::date AND CAST(at AS date) < "
            "'{{ data_interval_end|ds }}'::date",
        ),
        (
            "at BETWEEN TIMESTAMP '{{ ds }} 00:00:00' AND TIMESTAMP '{{ ds }} 23:59:59'",
            "TIMESTAMP '{{ ds }} 23:59:59' leaves out what is later in the last minute or second of the day: no "
            "run has it",
            "at >= '{{ data_interval_start | ds }}' AND at < '{{ data_interval_end | ds }}'",
        ),
        (
            "created_at BETWEEN '{{ ds }}' AND '{{ ds }}'",
            "`BETWEEN` ends at the midnight with which '{{ ds }}' begins: where `created_at` has a time of day, all "
            "that is later is left out",
            "created_at >= '{{ data_interval_start | ds }}' AND created_at < '{{ data_interval_end | ds }}'",
        ),
    ],
)
def test_between(where: str, message: str, right: str, tmp_path: Path) -> None:
    assert found(tmp_path, where) == [f"warning: {message}; fix: write `{right}`"]
    assert found(tmp_path, right) == []


@pytest.mark.parametrize(
    ("where", "message", "right"),
    [
        (
            f"at >= {START} AND at <= {END}",
            f"`<= {END}` takes in what the next run has, too: rows of exactly this moment come twice",
            f"at < {END}",
        ),
        (
            f"{START} <= at AND {END}::timestamp >= at",
            f"`<= {END}::timestamp` takes in what the next run has, too: rows of exactly this moment come twice",
            f"at < {END}::timestamp",
        ),
        (
            f"at > {START} AND at < {END}",
            f"`> {START}` leaves out the beginning, and so does the run before: what is of exactly this moment is "
            "in no run",
            f"at >= {START}",
        ),
    ],
)
def test_single_comparisons(where: str, message: str, right: str, tmp_path: Path) -> None:
    assert found(tmp_path, where) == [f"warning: {message}; fix: write `{right}`"]


@pytest.mark.parametrize(
    ("where", "more"),
    [
        (f"at >= {START} AND at < {END}", APPEND),
        (f"at > {START} AND at <= {END}", APPEND),
        (f"at BETWEEN {START} AND {END}", APPEND.replace("append", "replace")),
        (f"at BETWEEN {START} AND {END}", MERGE),
        (f"at BETWEEN {START} AND {END}::timestamp - INTERVAL '1 second'", APPEND),
        ("at BETWEEN '{{ ds }}' AND '{{ macros.ds_add(data_interval_end | ds, -1) }}'", APPEND),
        ("day BETWEEN '{{ ds }}' AND '{{ ds }}'", APPEND),
        ("created_at::date BETWEEN '{{ ds }}' AND '{{ ds }}'", APPEND),
        ("DATE(created_at) BETWEEN '{{ ds }}' AND '{{ ds }}'", APPEND),
        ("day BETWEEN '{{ ds }}' AND '{{ macros.ds_add(ds, 6) }}'", APPEND.replace("@daily", "@weekly")),
        (f"at >= {START} AND at < {END} AND valid_from <= {END}", APPEND),
        (f"at NOT BETWEEN {START} AND {END}", APPEND),
        ("at BETWEEN '{{ ds }} 00:00' AND '{{ ds }} 23:59:59.999999'", APPEND),
        ("at BETWEEN '2026-01-01' AND '2026-01-02'", APPEND),
        (f"at BETWEEN {START} AND {END} {{% if x %}}{{% endif %}}", APPEND),
    ],
)
def test_right_queries_and_those_that_cannot_be_told(where: str, more: str, tmp_path: Path) -> None:
    assert found(tmp_path, where, more) == []


@pytest.mark.parametrize("more", [BY_TIME, APPEND.replace("@daily", "@hourly")])
def test_other_tables_that_grow(more: str, tmp_path: Path) -> None:
    assert len(found(tmp_path, f"at BETWEEN {START} AND {END}", more)) == 1


def test_a_week_has_its_end_seven_days_later(tmp_path: Path) -> None:
    where = "day BETWEEN '{{ ds }}' AND '{{ macros.ds_add(ds, 7) }}'"
    assert len(found(tmp_path, where, APPEND.replace("@daily", "@weekly"))) == 1


def test_a_table_that_is_replaced_by_time_takes_no_row_of_its_end(tmp_path: Path) -> None:
    assert len(found(tmp_path, f"at > {START} AND at <= {END}", BY_TIME)) == 2
