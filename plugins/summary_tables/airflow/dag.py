"""Configs -> DAGs, each built behind its own guard: Airflow hides every DAG of a file in which one of them fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from airflow import settings as airflow_settings
from airflow.policies import DefaultPolicy
from airflow.sdk import DAG, CronDataIntervalTimetable, get_parsing_context

from summary_tables.airflow import dag_factory
from summary_tables.airflow.dag_spec import DagSpec, dag_spec
from summary_tables.configs import config as config_files
from summary_tables.configs.config import Config
from summary_tables.configs.file_content import is_there
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFolder:
    """The DAGs that Airflow accepts, by id, and what is wrong with all other files."""

    dags: Mapping[str, DAG]
    problems: tuple[Problem, ...]


def dags_to_parse(folder: Path = config_files.FOLDER) -> Mapping[str, DAG]:
    """The DAGs that this process needs, by id: the one whose task it runs, or else all that can be built."""
    wanted = get_parsing_context().dag_id
    if wanted is None:
        return build_folder(folder).dags
    if not is_there(folder / f"{wanted}.yaml"):
        return {}
    return {wanted: build_dag(config_files.read(wanted, folder))}


def build_folder(folder: Path = config_files.FOLDER) -> BuiltFolder:
    """Checks every file and builds every table's DAG; what Airflow would refuse is a problem, not an exception."""
    # Imported here because it loads jsonschema, which a process that runs a task has no use for.
    from summary_tables.lint.build_check import check_folder

    checked = check_folder(folder)
    built = {config.table.table: _build_guarded(config) for config in checked.configs}
    return BuiltFolder(
        dags={dag_id: found for dag_id, found in built.items() if isinstance(found, DAG)},
        problems=checked.problems + tuple(found for found in built.values() if isinstance(found, Problem)),
    )


def build_dag(config: Config) -> DAG:
    """The DAG of one table. Raises whatever dag-factory and Airflow raise."""
    spec = dag_spec(config)
    return dag_factory.build(config.table.table, {**spec, "schedule": _timetable(spec)})


def _timetable(spec: DagSpec) -> Any:
    """A cron text always means a data interval, whatever `[scheduler] create_cron_data_intervals` says."""
    schedule = spec["schedule"]
    return CronDataIntervalTimetable(schedule, timezone="UTC") if isinstance(schedule, str) else schedule


def _build_guarded(config: Config) -> DAG | Problem:
    try:
        dag = build_dag(config)
        dag.validate()  # type: ignore[no-untyped-call]  # Airflow has not typed it
        dag.check_cycle()
        if _site_has_policies():
            _try_policies(build_dag(config))
    except Exception as error:  # whatever it is, it must not take the other tables' DAGs away
        return _refusal(config, error)
    return dag


def _site_has_policies() -> bool:
    return any(plugin is not DefaultPolicy for plugin in airflow_settings.get_policy_plugin_manager().get_plugins())


def _try_policies(dag: DAG) -> None:
    """Runs the site's cluster policies as Airflow will, on a DAG of its own since they may change what they are given.

    Serializes the result: a policy is the only thing that can put in what a config cannot.
    """
    from airflow.serialization.serialized_objects import DagSerialization

    airflow_settings.dag_policy(dag)  # type: ignore[no-untyped-call]  # Airflow has not typed it
    for task in dag.tasks:
        airflow_settings.task_policy(task)  # type: ignore[no-untyped-call]  # Airflow has not typed it
    DagSerialization.to_dict(dag)


def _refusal(config: Config, error: Exception) -> Problem:
    words = " ".join(str(error).split()) or type(error).__name__
    finding = Finding(
        place=WHOLE_FILE,
        rule="airflow",
        message=f"Airflow does not accept the DAG of {config.table.full_name}: {words}",
        fix="change what it names; if that is not in this file, ask those who run Airflow",
    )
    return Problem.of(finding, config.path)
