"""To which time the rows of a run belong, which others that wait for them count by."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from summary_tables.airflow.operators.due import due_of
from summary_tables.model.table import Schedule

RUN = datetime(2026, 11, 22, 7, 20, tzinfo=UTC)
YESTERDAY, TODAY = datetime(2026, 11, 21, 3, tzinfo=UTC), datetime(2026, 11, 22, 3, tzinfo=UTC)


def event(due: datetime | None, came: datetime = RUN) -> Any:
    return SimpleNamespace(extra={"due": due.isoformat()} if due else None, timestamp=came)


@pytest.mark.parametrize(
    ("triggers", "any_of", "due"),
    [
        # A run with a time, one that somebody starts, and the first one of a new table: nothing triggered it.
        ({}, False, RUN),
        # What a table builds late of yesterday's rows is yesterday's, through those behind it as well.
        ({"a": [event(YESTERDAY)]}, False, YESTERDAY),
        ({"a": [event(YESTERDAY), event(TODAY)]}, False, TODAY),
        # Of all that had to be there the oldest is what the rows lack; of any the newest is what they have.
        ({"a": [event(TODAY)], "b": [event(YESTERDAY)]}, False, YESTERDAY),
        ({"a": [event(TODAY)], "b": [event(YESTERDAY)]}, True, TODAY),
        # An asset of others says nothing.
        ({"theirs": [event(None, TODAY + timedelta(hours=1))]}, False, TODAY + timedelta(hours=1)),
    ],
)
def test_due(triggers: dict[str, list[Any]], any_of: bool, due: datetime) -> None:
    context: Any = {"triggering_asset_events": triggers}
    assert due_of(context, RUN, Schedule(any_of=any_of)) == due


def test_an_earlier_build_that_is_shown_again_is_of_its_own_time() -> None:
    context: Any = {"triggering_asset_events": None}
    assert due_of(context, YESTERDAY, Schedule()) == YESTERDAY
