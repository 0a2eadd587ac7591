"""Limits between which no value can be."""

import pytest

from summary_tables.checks.bounds import crossed


@pytest.mark.parametrize(
    ("least", "most", "why"),
    [
        (5, 3, "`min` is 5, which is above `max`, 3"),
        ("2026-02-01", "2026-01-01", '`min` is "2026-02-01", which is above `max`, "2026-01-01"'),
        ("2026-01-01", 3, "one of `min` and `max` is a number and the other a text"),
        ("10", 9.5, '`min` is "10", which is above `max`, 9.5'),
    ],
)
def test_crossed(least: float | str, most: float | str, why: str) -> None:
    found = crossed(least, most)
    assert found is not None
    assert (found.key, found.why) == ("min", why)


@pytest.mark.parametrize(("least", "most"), [(None, 3), (3, None), (3, 3), ("b", "a"), ("2026-01-01", "2026-01-02")])
def test_not_crossed_or_only_the_warehouse_can_tell(least: float | str | None, most: float | str | None) -> None:
    assert crossed(least, most) is None
