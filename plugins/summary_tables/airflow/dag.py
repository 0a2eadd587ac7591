"""Configs -> DAGs, each built behind its own guard: Airflow hides every DAG of a file in which one of them fails."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, get_parsing_context

from summary_tables.airflow import dag_factory, parse_time
from summary_tables.airflow.assets import condition, inlets, table_asset
from summary_tables.airflow.catalog_address import table_page
from summary_tables.airflow.dag_spec import DagSpec, dag_spec
from summary_tables.airflow.file_runs import file_asset
from summary_tables.airflow.remembered import memory_of
from summary_tables.airflow.site_policies import site_has_policies, try_policies
from summary_tables.airflow.trigger_form import trigger_form
from summary_tables.configs import config as config_files
from summary_tables.configs.config import Config
from summary_tables.configs.dbt_config import DbtConfig, read_either
from summary_tables.configs.file_content import is_there
from summary_tables.configs.known_good import KnownGood
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.text.moments import UTC_NAME

if TYPE_CHECKING:
    from summary_tables.lint.build_check import CheckedFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFolder:
    """The DAGs that Airflow accepts, by id, and what is wrong with all other files."""

    dags: Mapping[str, DAG]
    problems: tuple[Problem, ...]


def dags_to_parse(folder: Path = config_files.FOLDER) -> Mapping[str, DAG]:
    """The DAGs that this process needs, by id: the one whose task it runs, or else all that can be built."""
    wanted = get_parsing_context().dag_id
    if wanted is None:
        return _all_dags(folder)
    if not is_there(folder / f"{wanted}.yaml"):
        return {}
    found = read_either(wanted, folder)
    return {wanted: build_dag(found) if isinstance(found, Config) else build_project_dag(found)}


def _all_dags(folder: Path) -> Mapping[str, DAG]:
    with parse_time.not_cut_off(), without_collecting():
        memory = memory_of(folder)
        parse_time.keep_start(memory)
        reading = parse_time.Stopwatch()
        built = build_folder(folder, memory)
        parse_time.keep_end(memory, built.dags, reading)
        if memory:
            memory.save()
        return built.dags


def build_folder(folder: Path = config_files.FOLDER, memory: KnownGood | None = None) -> BuiltFolder:
    """Checks every file and builds every table's DAG; what Airflow would refuse is a problem, not an exception.

    `memory` spares what it knows to be good the checks, and is told what was found good.
    """
    # Imported here because a process that runs a task has no use for them.
    from summary_tables.lint.build_check import check_folder
    from summary_tables.lint.facts.known_reads import KnownReads

    checked = check_folder(folder, memory)
    if memory:
        memory.save_new()
    reads, built_here = KnownReads(memory), frozenset(config.table.full_name for config in checked.configs)
    built = {
        config.table.table: _build_guarded(
            config, inlets(reads.of(config, checked.statements.get(config.path)), config.table.full_name, built_here)
        )
        for config in checked.configs
    }
    reads.save()
    built |= {project.project.name: _build_project_guarded(project, memory) for project in checked.projects}
    found = BuiltFolder(
        dags={dag_id: found for dag_id, found in built.items() if isinstance(found, DAG)},
        problems=checked.problems + tuple(found for found in built.values() if isinstance(found, Problem)),
    )
    if memory and not site_has_policies():
        _keep_built(memory, checked, found)
    return found


def _keep_built(memory: KnownGood, checked: "CheckedFolder", found: BuiltFolder) -> None:
    statements = checked.statements
    for config in checked.configs:
        if config.table.table in found.dags and config.path in statements:
            memory.keep(memory.accepted(statements[config.path]))
    if not found.problems:
        memory.keep(memory.folder(statements.values()))


def refusals(folder: Path, memory: KnownGood | None) -> tuple[Problem, ...]:
    """The problems of `build_folder`; a DAG that `memory` knows Airflow to accept is not built for it."""
    from summary_tables.lint.build_check import check_folder

    checked = check_folder(folder, memory)
    known = None if site_has_policies() else memory
    built = (_build_guarded(config) for config in checked.configs if not _is_accepted(config, checked, known))
    projects = (_build_project_guarded(project, memory) for project in checked.projects)
    return checked.problems + tuple(found for found in (*built, *projects) if isinstance(found, Problem))


def _is_accepted(config: Config, checked: "CheckedFolder", memory: KnownGood | None) -> bool:
    file = checked.statements.get(config.path)
    return memory is not None and file is not None and memory.knows(memory.accepted(file))


@contextmanager
def without_collecting() -> Iterator[None]:
    """Python does not look for objects that nobody needs: what is built here stays, and the search through all of it,
    again and again, takes a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def build_dag(config: Config, inlets: Sequence[Asset] = ()) -> DAG:
    """The DAG of one table. Raises whatever dag-factory and Airflow raise.

    `inlets`: what its query reads, for Airflow's graph of assets. A process that runs a task needs none: Airflow would
    fail the task where another's asset has the name of one.
    """
    table = config.table
    spec = dag_spec(config, page=table_page(table.full_name))
    return dag_factory.build(table.table, {**spec, **_objects(config, spec, inlets)})


def _objects(config: Config, spec: DagSpec, inlets: Sequence[Asset]) -> DagSpec:
    """What of a spec must be Airflow's own, in place of its words."""
    tasks = spec["tasks"]
    tasks["publish"]["outlets"] = [table_asset(config.table.full_name)]
    if inlets:
        # Airflow draws on from a table to what it reads only where one task has both.
        tasks["publish"]["inlets"] = inlets
    return {"schedule": _timetable(config), "params": trigger_form(config.table)}


def _timetable(config: Config) -> Any:
    """A cron text always means a data interval, whatever `[scheduler] create_cron_data_intervals` says."""
    schedule = config.table.schedule
    if file := config.table.file_that_starts_it:
        return [file_asset(config, file)]
    if schedule.starts_runs:
        return condition(schedule)
    return _cron_timetable(schedule.cron, config.table.timezone) if schedule.cron else None


def _cron_timetable(cron: str, zone: str) -> Any:
    if zone == UTC_NAME:
        return CronDataIntervalTimetable(cron, timezone=zone)
    # Imported here because most have no use for it.
    from summary_tables.airflow.zone_timetable import ZoneTimetable

    return ZoneTimetable(cron, zone)


def build_project_dag(config: DbtConfig, tables: Sequence[str] = ()) -> DAG:
    """The DAG of one dbt project. Raises whatever dag-factory and Airflow raise."""
    # Imported here because most folders have none.
    from summary_tables.airflow.dbt_runs.dag import build_dbt_dag

    return build_dbt_dag(config, _timetable(config.as_table), tables)


def _build_guarded(config: Config, inlets: Sequence[Asset] = ()) -> DAG | Problem:
    return _guarded(partial(build_dag, config, inlets), config.table.full_name, config.path)


def _build_project_guarded(config: DbtConfig, memory: KnownGood | None) -> DAG | Problem:
    from summary_tables.lint.facts.project_tables import project_tables

    def build() -> DAG:
        return build_project_dag(config, project_tables(config, memory) or ())

    return _guarded(build, config.project.name, config.path)


def _guarded(build: Callable[[], DAG], name: str, path: Path) -> DAG | Problem:
    try:
        dag = build()
        dag.validate()  # type: ignore[no-untyped-call]  # Airflow has not typed it
        dag.check_cycle()
        if site_has_policies():
            try_policies(build())
    except Exception as error:  # whatever it is, it must not take the other tables' DAGs away
        return _refusal(name, path, error)
    return dag


def _refusal(name: str, path: Path, error: Exception) -> Problem:
    words = " ".join(str(error).split()) or type(error).__name__
    finding = Finding(
        place=WHOLE_FILE,
        rule="airflow",
        message=f"Airflow does not accept the DAG of {name}: {words}",
        fix="change what it names; if that is not in this file, ask those who run Airflow",
    )
    return Problem.of(finding, path)
