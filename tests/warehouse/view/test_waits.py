"""Publishing gives up before its step is stopped, and says which limit that was."""

from dataclasses import replace
from datetime import timedelta

import pytest

from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.view.waits import Deadline, lock_wait, longer_than_lock_wait, snapshot_wait

TABLE = SummaryTable(table="daily", schema="analytics", main_sql="")
LONGEST = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("step", "lock", "waits", "words"),
    [
        (120, 10, 10, "for longer than 10 minutes (`lock_timeout_minutes`)"),
        (120, 1, 1, "for longer than 1 minute (`lock_timeout_minutes`)"),
        (5, 10, 4, "for longer than 4 minutes (most of the 5 minutes that the step may take, `timeout_minutes`)"),
        (1, 1, 0.8, "for longer than 0.8 minutes (most of the 1 minute that the step may take, `timeout_minutes`)"),
        (12.5, 10, 10, "for longer than 10 minutes (`lock_timeout_minutes`)"),
    ],
)
def test_wait_for_locks(step: float, lock: float, waits: float, words: str) -> None:
    table = replace(TABLE, timeout_minutes=step, lock_timeout_minutes=lock)
    assert lock_wait(table) == timedelta(minutes=waits)
    assert longer_than_lock_wait(table) == words
    assert lock_wait(table) + snapshot_wait(table, LONGEST) < timedelta(minutes=step)


def test_wait_for_old_transactions() -> None:
    assert snapshot_wait(TABLE, LONGEST) == LONGEST
    assert snapshot_wait(replace(TABLE, timeout_minutes=1), LONGEST) == timedelta(seconds=6)


def test_a_deadline_is_one_for_all_waits() -> None:
    deadline = Deadline(timedelta(seconds=60))
    assert timedelta(seconds=50) < deadline.left <= timedelta(seconds=60)
    deadline.put_off(60)
    assert timedelta(seconds=110) < deadline.left <= timedelta(seconds=120)
    assert Deadline(timedelta(0)).left <= timedelta(0)
