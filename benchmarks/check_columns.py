"""A table to be checked, and checks of it that all hold."""

from typing import Any

from summary_tables.checks import Check, check_from_item

TABLE = "bench.checked"
COLUMNS = 20


def create_statement(rows: int) -> str:
    """Numbers and short texts, with NULLs in every tenth row."""
    numbers = (f"(n * {seed + 3}) % 1000 AS number_{seed}" for seed in range(COLUMNS // 2))
    texts = (
        f"CASE WHEN n % 10 > 0 THEN 'value ' || (n % {seed + 5}) END AS text_{seed}" for seed in range(COLUMNS // 2)
    )
    columns = ", ".join((*numbers, *texts))
    return f"CREATE TABLE {TABLE} AS SELECT n AS id, {columns} FROM generate_series(1, {rows}) AS n"


def checks(count: int) -> tuple[Check, ...]:
    """`count` checks (at most 20), of the kinds whose numbers one scan could find together."""
    items: list[dict[str, Any]] = [{"row_count": {"min": 1}}]
    for seed in range(COLUMNS // 2):
        number, text = f"number_{seed}", f"text_{seed}"
        items += (
            {"not_null": number},
            {"range": {"column": number, "min": 0, "max": 999}},
            {"null_share": {"column": text, "max": 0.5}},
            {"length": {"column": text, "max": 20}},
            {"sum": {"column": number, "min": 1}},
            {"accepted_values": {"column": text, "values": [f"value {value}" for value in range(seed + 5)]}},
        )
    return tuple(check_from_item({**item, "table": TABLE}) for item in items[:count])
