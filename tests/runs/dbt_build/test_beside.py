"""By the name of its sessions a task finds those of its own earlier tries, and of nothing else."""

from summary_tables.runs.dbt_build.beside import LONGEST_NAME, session_name

RUN = "scheduled__2026-11-29T03:00:00+00:00"


def test_each_task_of_each_run_has_its_own() -> None:
    long = "a_project_of_a_name_that_leaves_no_room_for_that_of_the_run"
    names = [
        session_name(dag, run, number)
        for dag in ("shop", long, "가게", "상점")
        for run in (RUN, f"{RUN}_2")
        for number in (-1, 0, 1, 11)
    ]
    assert len(set(names)) == len(names)
    assert all(len(name) <= LONGEST_NAME and name.isascii() for name in names)
    assert session_name("shop", RUN) == f"dbt shop {RUN}"
