"""The report says what was seen, and that a DAG was missing where one was."""

import pytest

from benchmarks.processor import Round, report
from benchmarks.processor_service import Setting

SETTING = Setting(auth_manager="simple", limit_seconds=600, stale_seconds=1200, interval_seconds=30)


def a_round(name: str, fewest: int, stored: int = 5000, errors: tuple[str, ...] = ()) -> Round:
    return Round(
        name=name, seconds=170, silence=99, reading=31, storing=98, fewest=fewest, stored=stored, errors=errors
    )


@pytest.mark.parametrize(
    ("rounds", "verdict"),
    [
        ([a_round("first", 0), a_round("slow", 5000)], "All DAGs were stored, and none vanished."),
        ([a_round("first", 0, 4999), a_round("slow", 0)], "DAGs were missing in: first, slow."),
    ],
)
def test_only_the_first_round_may_begin_without_dags(rounds: list[Round], verdict: str) -> None:
    assert verdict in report(rounds, {"service": 700, "reading": 500}, 5000, SETTING).splitlines()


def test_the_report_has_a_line_for_each_round_and_what_was_told() -> None:
    rounds = [a_round("first", 0), a_round("cut", 5000, errors=("dag_configs: too slow",))]
    assert report(rounds, {"service": 700, "reading": 500}, 5000, SETTING).splitlines()[:9] == [
        "5,000 tables in Airflow's DAG processor, which shares one core with its database; auth manager simple.",
        "Limit 600 s, stale after 1200 s, read again after 30 s.",
        "",
        "                  seconds       silent  CPU reading  CPU storing  fewest DAGs   at the end",
        "first               170 s         99 s         31 s         98 s            0        5,000",
        "cut                 170 s         99 s         31 s         98 s        5,000        5,000",
        "",
        "Memory: 700 MB the service, 500 MB a reading, at the most.",
        "Told in the round cut: dag_configs: too slow",
    ]
