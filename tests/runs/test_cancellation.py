"""A signal ends the work in the warehouse, once, and only that."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from summary_tables.runs.cancellation import StopSwitch, TaskStopped


@contextmanager
def tidied(switch: StopSwitch, done: list[str]) -> Iterator[None]:
    """Tidies up at its end, while a second signal arrives."""
    try:
        yield
    finally:
        switch.stop()
        done.append("tidied")


def test_work_ends_at_once_and_is_tidied_up() -> None:
    switch, done = StopSwitch(), list[str]()

    def work() -> None:
        with switch.work(), tidied(switch, done):
            switch.stop()
            done.append("went on")

    with pytest.raises(TaskStopped):
        work()
    assert done == ["tidied"]


def test_work_does_not_begin_once_the_task_is_stopped() -> None:
    switch = StopSwitch()
    switch.stop()
    with pytest.raises(TaskStopped), switch.work():
        pytest.fail("the work began")


def test_what_follows_the_work_is_not_disturbed() -> None:
    switch = StopSwitch()
    with switch.work():
        pass
    switch.stop()


def test_no_handler_of_errors_takes_it_for_one() -> None:
    assert not issubclass(TaskStopped, Exception)
