"""A run that is triggered to build a growing table as a whole: in Airflow, on a warehouse."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest

from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import read
from tests.airflow.conftest import Project, failed_tasks, states
from tests.airflow.operators.growing_table import GROWING
from tests.airflow.operators.recorded import failure, logged, rows

DAY = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_table(admin: psycopg.Connection[Any]) -> Iterator[None]:
    admin.execute("DROP VIEW IF EXISTS analytics.grows")
    yield
    admin.execute("DROP VIEW IF EXISTS analytics.grows")


def run_with(project: Project, **configuration: object) -> Any:
    return build_dag(read("grows", project.configs)).test(logical_date=DAY, run_conf=configuration)


def days(*numbers: int) -> list[Any]:
    return [(date(2026, 11, number), "2026-11-20") for number in numbers]


def test_covers_everything_from_the_start_to_the_end_of_its_run(
    project: Project, admin: psycopg.Connection[Any]
) -> None:
    project.write("grows", GROWING)
    project.run("grows", DAY)
    assert rows(admin, "grows") == days(19)
    run = run_with(project, **{"Full refresh": "yes"})
    assert set(states(run).values()) == {"success"}
    assert sorted(rows(admin, "grows")) == days(18, 19)


def test_table_that_is_built_anew_each_time_has_its_interval_all_the_same(
    project: Project, admin: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("grows", {**GROWING, "refresh": "replace"})
    run_with(project, full_refresh=True)
    assert rows(admin, "grows") == days(19)
    assert "Each run builds this table anew: `full_refresh` changes nothing." in logged(capsys)


@pytest.mark.parametrize(
    ("configuration", "words"),
    [
        (
            {"full_refresh": True, "roll_back_to": "2026-11-20 03:00 UTC"},
            "The configuration of this run asks for both `full_refresh`, which builds the table, and a roll-back, "
            "which builds nothing. Start a run with one of them.",
        ),
        (
            {"full_refresh": "perhaps"},
            '`full_refresh` in the configuration of this run is "perhaps"; it can be true or false.',
        ),
        (
            {"full_refersh": True},
            "The configuration of this run has `full_refersh`, which means nothing. Write `full_refresh`. "
            "Nothing was done.",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_built(
    project: Project, admin: psycopg.Connection[Any], configuration: dict[str, object], words: str
) -> None:
    project.write("grows", GROWING)
    run = run_with(project, **configuration)
    assert failed_tasks(run) == ["create"]
    assert words in str(failure(run, "create"))
    assert admin.execute("SELECT to_regclass('analytics.grows')").fetchone() == (None,)
