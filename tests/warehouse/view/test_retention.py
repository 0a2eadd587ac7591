"""Which versions are no longer needed."""

from datetime import UTC, datetime, timedelta

import pytest

from summary_tables.model.build import Build
from summary_tables.warehouse.view.retention import superseded

_AT = datetime(2026, 11, 1, tzinfo=UTC)


def build(started: int, published: int | None = None) -> Build:
    """A build called by its start, in hours."""
    published_at = None if published is None else _AT + timedelta(hours=published)
    started_at = _AT + timedelta(hours=started)
    return Build(version=str(started), run_id="r", run_at=_AT, started_at=started_at, rows=1, published_at=published_at)


@pytest.mark.parametrize(
    ("published", "waiting", "live", "gone"),
    [
        ([1], [], 1, []),
        ([1, 2, 3], [], 3, []),
        ([1, 2, 3, 4, 5], [], 5, ["1", "2"]),
        ([3, 4], [1, 2, 5], 4, ["1", "2"]),
        ([1, 2, 3, 4, 5], [6], 1, ["2"]),
        ([1, 3, 4, 5], [2], 5, ["1", "2"]),
        ([1], list(range(2, 14)), 1, ["2", "3"]),
    ],
)
def test_superseded(published: list[int], waiting: list[int], live: int, gone: list[str]) -> None:
    builds = [*(build(hour, hour) for hour in published), *(build(hour) for hour in waiting)]
    shown = next(one for one in builds if one.version == str(live))
    assert [one.version for one in superseded(builds, shown, _AT)] == gone


def test_the_order_of_publishing_counts() -> None:
    builds = [build(1, 9), build(2, 6), build(3, 7), build(4, 8)]
    assert [one.version for one in superseded(builds, builds[0], _AT)] == ["2"]


def test_versions_of_a_table_that_is_never_published_do_not_pile_up() -> None:
    builds = [build(hour) for hour in range(12)]
    assert [one.version for one in superseded(builds, None, _AT)] == ["0", "1"]
