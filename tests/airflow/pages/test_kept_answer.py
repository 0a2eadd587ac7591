"""An answer that is kept: asked for once, and waited for only where there is none."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from summary_tables.airflow.pages.kept_answer import KeptAnswer
from summary_tables.airflow.pages.patient_question import PatientQuestion


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_asked_anew_when_it_is_old() -> None:
    asked, clock = iter(range(10)), Clock()
    kept = KeptAnswer(lambda: next(asked), 5, clock)
    found = []
    for clock.now in (0, 4.9, 5, 9.9, 10):
        found.append(kept.get())
    assert found == [0, 0, 1, 1, 2]


def test_what_fails_is_asked_again() -> None:
    answers = iter([ValueError("no"), 7])

    def ask() -> object:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    kept = KeptAnswer(ask, 5, Clock())
    with pytest.raises(ValueError, match="no"):
        kept.get()
    assert kept.get() == 7


def test_who_has_an_answer_does_not_wait_for_the_next() -> None:
    go_on, is_asked, clock = threading.Event(), threading.Event(), Clock()
    answers = iter(["first", "second"])

    def ask() -> str:
        answer = next(answers)
        if answer == "second":
            is_asked.set()
            go_on.wait(60)
        return answer

    kept = KeptAnswer(ask, 5, clock)
    kept.get()
    clock.now = 6
    with ThreadPoolExecutor(1) as other:
        slow = other.submit(kept.get)
        is_asked.wait(60)
        assert kept.get() == "first"
        go_on.set()
        assert slow.result(60) == "second"
    assert kept.get() == "second"


def test_question_that_takes_too_long_is_asked_once_and_its_answer_not_lost() -> None:
    go_on, asked = threading.Event(), list[int]()

    def ask() -> str:
        asked.append(1)
        go_on.wait(60)
        return "late"

    question = PatientQuestion(ask)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            question.get(0.01)
    go_on.set()
    assert question.get(60) == "late"
    assert len(asked) <= 2
