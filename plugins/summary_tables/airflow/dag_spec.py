"""A config as the dictionary from which dag-factory makes a DAG: input checks -> create -> output checks -> publish.

Pure: operators and callbacks are named, not imported.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from summary_tables.airflow.dag_docs import CheckNames, dag_docs, file_url
from summary_tables.checks import Check
from summary_tables.configs.config import Config
from summary_tables.configs.positions import line_of_failure
from summary_tables.model.asset_name import asset_name
from summary_tables.model.failure import EXPORT, WAIT
from summary_tables.model.parents import parent_name
from summary_tables.model.table import DEFAULT_POOL, CheckStep, Schedule, SummaryTable
from summary_tables.text.english import any_of, listed
from summary_tables.text.free_name import free_name
from summary_tables.text.moments import UTC_NAME

DagSpec = dict[str, Any]

START_DATE = "2000-01-01"
"""Before any run that somebody asks for by hand; with catchup off, no run is made for the time between."""

_WAIT = "summary_tables.airflow.operators.wait.WaitOperator"
_CREATE = "summary_tables.airflow.operators.build.CreateOperator"
_LOAD = "summary_tables.airflow.operators.build.LoadOperator"
_PUBLISH = "summary_tables.airflow.operators.build.PublishOperator"
_EXPORT = "summary_tables.airflow.operators.export.ExportOperator"
_CHECKS: Mapping[CheckStep, str] = {
    "input_check": "summary_tables.airflow.operators.check.InputCheckOperator",
    "output_check": "summary_tables.airflow.operators.check.OutputCheckOperator",
}
_TELL_FAILURE = "summary_tables.airflow.callbacks.FailureCallback"
_TELL_WARNINGS = "summary_tables.airflow.callbacks.WarningCallback"
_LINK = re.compile(r"https?://[\w.-]+(?:[:/?#]|$)|mailto:[^\s@]+@")
_HIGH = 100
"""Airflow adds up the weights of a step and of those behind it: more than the steps of any usual table."""
_LONGEST_SLUG = 100
_LONGEST_SHOWN_NAME = 250


def dag_spec(config: Config, page: str = "") -> DagSpec:
    """What dag-factory's DagBuilder takes for this table. `schedule` is a cron text, a list of asset names or None.

    `page` is the address of the table's page in the catalogue; empty: it has none.
    """
    table = config.table
    names: CheckNames = {step: table.check_names(step) for step in _CHECKS}
    checks = _check_tasks(table, names)
    return {
        "dag_display_name": table.full_name,
        "description": table.description,
        "doc_md": dag_docs(config, names, page),
        "schedule": _schedule(table.schedule),
        **({} if table.timezone == UTC_NAME else {"timezone": table.timezone}),
        "start_date": f"{table.refresh.start:%Y-%m-%d}" if table.refresh.start else START_DATE,
        "catchup": table.refresh.start is not None,
        "max_active_runs": table.max_active_runs,
        "is_paused_upon_creation": False,
        **_callbacks(config, checks),
        "tags": [table.schema, *table.tags],
        "owner_links": _owner_links(config),
        "default_args": {
            "owner": table.owner,
            "retries": table.retries,
            "retry_delay": timedelta(minutes=table.retry_delay_minutes),
            "execution_timeout": timedelta(minutes=table.timeout_minutes),
            **({"priority_weight": _HIGH} if table.priority == "high" else {}),
            **({"pool": table.pool} if table.pool != DEFAULT_POOL else {}),
        },
        "task_groups": dict(_groups(table)),
        "tasks": dict(_tasks(config, checks)),
    }


def _schedule(schedule: Schedule) -> str | list[str] | None:
    if schedule.starts_runs:
        return [parent_name(parent) for parent in schedule.starts_runs]
    return schedule.cron or None


def _owner_links(config: Config) -> dict[str, str]:
    """Where the owner leads to in Airflow's list: what the deployment says of them, or else the table's file.

    Airflow refuses a DAG for a link that is none, and a running task reads the settings unchecked.
    """
    owner, settings = config.table.owner, config.settings
    link = settings.owner_link(owner) or (settings.repository and file_url(config))
    return {owner: link} if _LINK.match(link) else {}


def _callbacks(config: Config, checks: Sequence["_CheckTask"]) -> dict[str, dict[str, Any]]:
    """Each run that fails is told; one that succeeds only where a step may have warned."""
    facts = _callback_facts(config, checks)
    failed = {"on_failure_callback": {"callback": _TELL_FAILURE, **facts}}
    if not facts["warn_task_ids"]:
        return failed
    warned = {"callback": _TELL_WARNINGS, **facts}
    return {**failed, "on_success_callback": warned}


def _callback_facts(config: Config, checks: Sequence["_CheckTask"]) -> dict[str, Any]:
    return {
        "config": config,
        "line_of": partial(line_of_failure, config.path),
        "warn_task_ids": tuple(_warn_task_ids(config.table, checks)),
    }


def _warn_task_ids(table: SummaryTable, checks: Sequence["_CheckTask"]) -> Iterator[str]:
    yield from (f"{found.step}.{found.task_id}" for found in checks if found.check.severity == "warn")
    if table.refresh.is_incremental:
        yield "publish"


def _groups(table: SummaryTable) -> Iterator[tuple[str, dict[str, Any]]]:
    if table.input_check:
        tooltip = "What must hold before the table is built"
        yield "input_check", {"group_display_name": "Input checks", "tooltip": tooltip}
    if table.output_check:
        tooltip = "What must hold before readers see the new build"
        yield "output_check", {"group_display_name": "Output checks", "tooltip": tooltip}


@dataclass(frozen=True, slots=True, kw_only=True)
class _CheckTask:
    """One check as a task. `index` is its place in its list; `label` is what people read."""

    step: CheckStep
    index: int
    check: Check
    label: str
    task_id: str


def _check_tasks(table: SummaryTable, names: CheckNames) -> tuple[_CheckTask, ...]:
    """Their ids can be read and are unlike each other in both groups: dag-factory knows a task by its id without the
    group's."""
    taken: set[str] = {"create", "publish", EXPORT, *_CHECKS, *([WAIT] if table.schedule.awaited else [])}
    return tuple(
        _CheckTask(step=step, index=index, check=check, label=name.label, task_id=free_name(_slug(name.key), taken))
        for step in _CHECKS
        for index, (check, name) in enumerate(zip(table.checks(step), names[step], strict=True))
    )


def _tasks(config: Config, checks: Sequence[_CheckTask]) -> Iterator[tuple[str, dict[str, Any]]]:
    table = config.table
    first = [WAIT] if table.schedule.awaited else []
    if first:
        awaited = any_of if table.schedule.any_of else listed
        names = awaited([parent_name(parent) for parent in table.schedule.awaited])
        yield WAIT, _task(config, _WAIT, dependencies=[], **_shown(f"Wait for {names}"))
    yield from _tasks_of_checks(config, checks, "input_check", dependencies=first)
    before = ["input_check"] if table.input_check else first
    build = _shown(f"Build {table.full_name}")
    if table.cells:
        yield "create", _task(config, _LOAD, dependencies=before, **build)
    else:
        yield "create", _task(config, _CREATE, sql=table.main_sql, dependencies=before, **build)
    yield from _tasks_of_checks(config, checks, "output_check", dependencies=["create"])
    last = ["output_check"] if table.output_check else ["create"]
    new = {"outlets": [asset_name(table.full_name)], **_shown("Publish")}
    yield "publish", _task(config, _PUBLISH, dependencies=last, **new)
    if table.export:
        yield EXPORT, _task(config, _EXPORT, dependencies=["publish"], **_shown("Export to the sheet"))


def _tasks_of_checks(
    config: Config, checks: Sequence[_CheckTask], step: CheckStep, dependencies: list[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for found in checks:
        if found.step == step:
            task = _task(config, _CHECKS[step], sql=found.check.sql, dependencies=dependencies)
            shown = _shown(f"Check: {found.label}")
            yield found.task_id, {**task, **shown, "check_index": found.index, "task_group_name": step}


def _shown(words: str) -> dict[str, str]:
    """What the task is called where people see it."""
    return {"task_display_name": words[:_LONGEST_SHOWN_NAME]}


def _task(config: Config, operator: str, dependencies: list[str], **arguments: object) -> dict[str, Any]:
    return {
        "operator": operator,
        "config": config,
        "dependencies": dependencies,
        **arguments,
    }


def _slug(key: str) -> str:
    """`key` in the characters of a task id. One of other letters is told from others by its hash.

    Airflow allows letters of any language, but its DAG processor cannot ask for the XCom of such a task, so that the
    alert would not know why the check failed.
    """
    words = re.sub(r"\W+", "_", key.replace(",", "").lower(), flags=re.ASCII).strip("_")[:_LONGEST_SLUG] or "check"
    return words if _is_told_by_ascii(key) else f"{words}_{hashlib.sha256(key.encode()).hexdigest()[:6]}"


def _is_told_by_ascii(key: str) -> bool:
    """No letter or digit gets lost in a task id."""
    return re.search(r"[^\W\x00-\x7f]", key) is None
