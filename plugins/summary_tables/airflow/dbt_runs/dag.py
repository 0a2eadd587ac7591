"""The DAG of a dbt project: the age of its sources -> dbt -> a task for each model or test that failed."""

from collections.abc import Mapping, Sequence
from typing import Any

from airflow.sdk import DAG

from summary_tables.airflow import dag_factory
from summary_tables.airflow.assets import table_asset
from summary_tables.airflow.dag_spec import dag_spec
from summary_tables.airflow.dbt_runs.dag_text import dag_text
from summary_tables.airflow.dbt_runs.task_ids import BUILD, FAILED, FRESHNESS
from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.model.failure import WAIT

_OPERATORS = "summary_tables.airflow.dbt_runs.operators"
_CALLBACKS = "summary_tables.airflow.dbt_runs.callbacks"


def build_dbt_dag(config: DbtConfig, schedule: Any, tables: Sequence[str] = ()) -> DAG:
    """Raises whatever dag-factory and Airflow raise.

    `schedule` is Airflow's own; `tables` are those that the project is known to build, for Airflow's graph of assets.
    A process that runs a task needs none: what it tells of is what was built.
    """
    project = config.project
    facts = {"config": config.as_table, "project": project.dbt.project}
    shared = dag_spec(config.as_table)
    spec = {
        **shared,
        "dag_display_name": project.name,
        "doc_md": dag_text(config),
        "schedule": schedule,
        "tags": ["dbt", *project.tags],
        "on_failure_callback": {"callback": f"{_CALLBACKS}.DbtFailureCallback", **facts},
        "on_success_callback": {"callback": f"{_CALLBACKS}.DbtWarningCallback", **facts},
        "task_groups": {},
        "tasks": _tasks(config, _waiting(shared["tasks"]), tables),
    }
    dag = dag_factory.build(project.name, spec)
    _add_failed(dag, config)
    return dag


def _waiting(tasks: Mapping[str, Any]) -> dict[str, Any]:
    """That of a table, where it waits."""
    return {WAIT: {**tasks[WAIT], "operator": f"{_OPERATORS}.DbtWaitOperator"}} if WAIT in tasks else {}


def _tasks(config: DbtConfig, first: Mapping[str, Any], tables: Sequence[str]) -> dict[str, Any]:
    """Each begins when all before it have ended; `first` are those that wait for what others publish."""
    tasks = dict(first)
    if config.project.dbt.freshness:
        tasks[FRESHNESS] = {
            "operator": f"{_OPERATORS}.DbtFreshnessOperator",
            "config": config,
            "dependencies": list(first),
            "task_display_name": "How old the sources are",
        }
    tasks[BUILD] = {
        "operator": f"{_OPERATORS}.DbtBuildOperator",
        "config": config,
        "dependencies": list(tasks)[-1:],
        # A project of which no source says how old it may be skips the question.
        "trigger_rule": "none_failed",
        # Two dbts at the same tables take them away from each other, and a backfill has several runs at once.
        "max_active_tis_per_dag": 1,
        "task_display_name": "Build and test",
        "outlets": [table_asset(name) for name in tables],
    }
    return tasks


def _add_failed(dag: DAG, config: DbtConfig) -> None:
    """dag-factory would hand over what is mapped as a word."""
    from summary_tables.airflow.dbt_runs.operators import DbtFailedOperator

    DbtFailedOperator.partial(
        task_id=FAILED,
        dag=dag,
        config=config,
        retries=0,
        map_index_template="{{ task.failed['shown'] }}",
        task_display_name="Models and tests that failed",
    ).expand(failed=dag.get_task(BUILD).output)
