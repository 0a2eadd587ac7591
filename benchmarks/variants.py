"""The ways of making DAGs that are compared. Each first imports all that it needs, so that this can be timed apart."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.examples import examples

if TYPE_CHECKING:
    from airflow.sdk import DAG

Parse = Callable[[], "Mapping[str, DAG]"]
"""Makes the DAGs as Airflow's DAG processor would: everything again at each call."""


def by_hand(_folder: Path, count: int) -> Parse:
    """Plain Python that knows its tables: no file is read."""
    from benchmarks import by_hand

    tables = examples(count)
    return lambda: by_hand.dags(tables)


def dag_factory(folder: Path, _count: int) -> Parse:
    """`load_yaml_dags` on a folder, as dag-factory's documentation shows it."""
    from airflow.providers.common.sql.operators import sql  # noqa: F401 - dag-factory would import it on first use
    from dagfactory import load_yaml_dags

    from summary_tables.airflow import callbacks  # noqa: F401 - the same

    def parse() -> "Mapping[str, DAG]":
        found: dict[str, DAG] = {}
        load_yaml_dags(found, dags_folder=str(folder), defaults_config_path=str(folder))
        return found

    return parse


def summary_tables(folder: Path, _count: int) -> Parse:
    """What `dags/summary_table_dags.py` calls, with every check of every file."""
    os.environ["SUMMARY_TABLES_KNOWN_GOOD"] = ""
    return _all_tables(folder)


def unchanged(folder: Path, _count: int) -> Parse:
    """The same, where the files are those of the parse before."""
    os.environ["SUMMARY_TABLES_KNOWN_GOOD"] = str(folder.with_name("known_good"))
    return _all_tables(folder)


def _all_tables(folder: Path) -> Parse:
    from summary_tables.airflow.dag import dags_to_parse
    from summary_tables.airflow.operators import build  # noqa: F401 - imported on first use
    from summary_tables.lint import build_check  # noqa: F401 - the same

    return lambda: dags_to_parse(folder)


def problems(folder: Path, _count: int) -> Parse:
    """What `dags/config_problems.py` calls, after `unchanged` has met the same files."""
    from summary_tables.airflow.folder_problems import folder_problems

    os.environ["SUMMARY_TABLES_KNOWN_GOOD"] = str(folder.with_name("known_good"))

    def parse() -> "Mapping[str, DAG]":
        # That a busy machine takes long is no fault of the files.
        if found := [problem for problem in folder_problems(folder) if problem.rule != "parse-time"]:
            raise RuntimeError(f"the files are not good: {found[0]}")
        return {}

    return parse


def one_task(folder: Path, _count: int) -> Parse:
    """The same call in the process that runs one task, where Airflow says which DAG is wanted."""
    from summary_tables.airflow.dag import dags_to_parse
    from summary_tables.airflow.operators import build  # noqa: F401 - imported on first use

    os.environ["_AIRFLOW_PARSING_CONTEXT_DAG_ID"] = examples(1)[0].table
    os.environ["_AIRFLOW_PARSING_CONTEXT_TASK_ID"] = "create"
    return lambda: dags_to_parse(folder)


VARIANTS: Mapping[str, Callable[[Path, int], Parse]] = {
    "by_hand": by_hand,
    "dag_factory": dag_factory,
    "summary_tables": summary_tables,
    "unchanged": unchanged,
    "problems": problems,
    "one_task": one_task,
}
