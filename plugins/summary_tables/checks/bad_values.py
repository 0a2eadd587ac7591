"""Counting the rows whose value is wrong, with up to five of the values, in one row."""

from collections.abc import Sequence
from typing import Any

from summary_tables.checks.check_sql import column_sql
from summary_tables.checks.messages import value_words

SAMPLES = 5


def width(*, samples: bool) -> int:
    """The number of what is wrong, then the samples; those that there are not are NULL."""
    return 1 + SAMPLES if samples else 1


def bad_values_sql(table: str, column: str, condition: str, *, samples: bool) -> str:
    """The rows of `table` (SQL) that meet `condition`, and the most frequent values of `column` in them."""
    if not samples:
        return f"SELECT COUNT(1) AS bad FROM {table} AS checked WHERE {condition}"
    return _sampled(
        f"SELECT CAST({column_sql(column)} AS VARCHAR) AS value, COUNT(1) AS found,\n"
        f"         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, {column_sql(column)}) AS place\n"
        f"  FROM {table} AS checked\n"
        f"  WHERE {condition}\n"
        f"  GROUP BY {column_sql(column)}"
    )


def repeated_values_sql(table: str, columns: Sequence[str], *, samples: bool) -> str:
    """How many combinations of values stand in several rows of `table` (SQL), and the most frequent ones."""
    names = [column_sql(column) for column in columns]
    repeated = (
        f"  FROM {table} AS checked\n"
        f"  WHERE {' AND '.join(f'{name} IS NOT NULL' for name in names)}\n"
        f"  GROUP BY {', '.join(names)}\n"
        "  HAVING COUNT(1) > 1"
    )
    if not samples:
        return f"SELECT COUNT(1) AS bad\nFROM (\n  SELECT 1 AS found\n{repeated}\n) AS bad_values"
    value = " || ', ' || ".join(f"CAST({name} AS VARCHAR)" for name in names)
    return _sampled(
        f"SELECT {value} AS value, 1 AS found,\n"
        f"         ROW_NUMBER() OVER (ORDER BY COUNT(1) DESC, {', '.join(names)}) AS place\n"
        f"{repeated}"
    )


def samples_words(samples: Sequence[Any], bad: int) -> str:
    """` (A, B, ...)`; empty without samples. `bad`: how many of what is wrong there are in all."""
    shown = [value_words(sample) for sample in samples if sample is not None]
    if not shown:
        return ""
    return f" ({', '.join(shown)}{', ...' if bad > len(shown) == SAMPLES else ''})"


def _sampled(values: str) -> str:
    places = ",\n".join(f"  MAX(CASE WHEN place = {n} THEN value END) AS sample_{n}" for n in range(1, SAMPLES + 1))
    return f"SELECT COALESCE(SUM(found), 0) AS bad,\n{places}\nFROM (\n  {values}\n) AS bad_values"
