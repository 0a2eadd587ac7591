"""What is wrong with the folder of configs, for Airflow's UI."""

import time
from pathlib import Path

from summary_tables.airflow import parse_time
from summary_tables.airflow.remembered import memory_of
from summary_tables.airflow.site_policies import site_has_policies
from summary_tables.configs.folder import is_known_good
from summary_tables.configs.known_good import KnownGood
from summary_tables.model.problem import Problem


def folder_problems(folder: Path) -> tuple[Problem, ...]:
    """Whatever keeps a table from being built, or soon will."""
    with parse_time.not_cut_off():
        memory, start = memory_of(folder), time.monotonic()
        found = () if _is_known_good(folder, memory) else _asked(folder, memory)
        return (*found, *parse_time.problems(folder, memory, time.monotonic() - start))


def _is_known_good(folder: Path, memory: KnownGood | None) -> bool:
    try:
        return memory is not None and not site_has_policies() and is_known_good(folder, memory)
    except OSError:
        return False


def _asked(folder: Path, memory: KnownGood | None) -> tuple[Problem, ...]:
    # Imported here because as long as nothing changes, nothing is built.
    from summary_tables.airflow.dag import refusals, without_collecting

    with without_collecting():
        return refusals(folder, memory)
