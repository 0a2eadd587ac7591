"""The tasks of what failed: one each, and one for all beyond a hundred."""

from summary_tables.airflow.dbt_runs.failed_tasks import all_tasks, with_rest
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.node_outcome import Outcome
from summary_tables.dbt.records import DataTest
from summary_tables.dbt.run_results import NodeResult
from summary_tables.model.failure import Failure
from tests.dbt.made_model import made_model


def outcome(number: int) -> Outcome:
    """So many models whose test failed; each is read by one that waits for it alone, all by one more."""
    names = [f"m{place:03}" for place in range(number)]
    behind = [made_model(f"behind_{name}", name) for name in names]
    models = [*map(made_model, names), *behind, made_model("end", *names)]
    tests = [
        DataTest(
            unique_id=f"test.shop.{name}",
            name=f"unique_{name}",
            package="shop",
            kind="unique",
            model=f"model.shop.{name}",
            depends_on=(f"model.shop.{name}",),
        )
        for name in names
    ]
    results = [NodeResult(unique_id=test.unique_id, status="fail") for test in tests]
    results += [NodeResult(unique_id=each.unique_id, status="skipped") for each in models[number:]]
    return Outcome(manifest=Manifest(project="shop", models=tuple(models), tests=tuple(tests)), results=tuple(results))


def failures(number: int) -> list[Failure]:
    return [
        Failure(step="test", table=f"shop.m{place:03}", check="unique: id", expected="a", actual="b")
        for place in range(min(number, 100))
    ]


def test_each_takes_along_what_waits_for_it_alone() -> None:
    found = outcome(2)
    told = with_rest(failures(2), found, "shop")
    assert [(task["shown"], task["again"]) for task in all_tasks(told, found)] == [
        ("shop.m000: unique: id", ["unique_m000", "behind_m000"]),
        ("shop.m001: unique: id", ["unique_m001", "behind_m001"]),
    ]


def test_three_hundred_are_a_hundred_tasks_and_one() -> None:
    found = outcome(300)
    told = with_rest(failures(300), found, "shop")
    assert told[-1].sentence == (
        "Running shop failed: 200 more models and tests failed; dbt's lines in the log of the task `build` name them."
    )
    tasks = all_tasks(told, found)
    assert len(tasks) == 101
    assert tasks[-1]["shown"] == "200 more"
    assert tasks[-1]["again"] == [f"unique_m{place}" for place in range(100, 300)]
