"""What `build` hands to the tasks of the models and tests that failed in it. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from summary_tables.airflow.dbt_runs.task_ids import BUILD
from summary_tables.dbt.node_outcome import Outcome
from summary_tables.model.failure import Failure
from summary_tables.runs.dbt_build.report import BUILT_BY_THEN
from summary_tables.runs.dbt_build.said import NOTHING_BUILT
from summary_tables.text.english import counted

MOST: Final = 100
"""So many failures are told one by one, in as many tasks; one more stands for the rest."""

AGAIN_KEY: Final = "again"
TRY_KEY: Final = "try"
"""The try of `build` that found it: of another one it is told anew before it is tried alone."""
_LONGEST_QUERY: Final = 4000
_ENDED: Final = (
    "its task `{}` ended before it could say why: its process was killed, ran out of memory or lost its machine, its "
    "file was broken when it began, or somebody marked it as failed."
)
_CLEARED: Final = "its task `{}` was cleared before its failure was told; the log of its earlier try says why."
_NOT_CLEARED: Final = (
    "its task `build` was cleared without what follows it: the tasks of what failed are those of before. Clear them, "
    "too."
)
_NO_RESULT: Final = (
    "its task `build` was marked as success while it ran, so that nobody knows what failed in it. Clear it to have it "
    "run once more."
)


def without_record(project: str, task_id: str) -> Failure:
    """The failure of a task that ended before it could record one; `project` as people call it."""
    return _of_task(project, task_id, _ENDED)


def cleared_since(project: str, task_id: str) -> Failure:
    """The failure of a task that begins anew, with which its record is gone."""
    return _of_task(project, task_id, _CLEARED)


def without_result(project: str) -> Failure:
    """Of a run that failed without a failed task: Airflow cannot make tasks of what `build` did not hand over."""
    return Failure(step="dbt", table=project, error=_NO_RESULT, live=BUILT_BY_THEN)


def not_cleared(project: str) -> Failure:
    """Of tasks of what failed of which a later try of `build` knows nothing."""
    return Failure(step="dbt", table=project, error=_NOT_CLEARED, live=BUILT_BY_THEN)


def record(failure: Failure) -> dict[str, Any]:
    """As it is stored in Airflow."""
    return {**asdict(failure), "sql": failure.sql[:_LONGEST_QUERY]}


def _of_task(project: str, task_id: str, words: str) -> Failure:
    live = BUILT_BY_THEN if task_id == BUILD else NOTHING_BUILT
    return Failure(step="dbt", table=project, error=words.format(task_id), live=live)


def _first(failures: Sequence[Failure], outcome: Outcome) -> list[dict[str, Any]]:
    """One a failure, in their order; `failures` are those of `outcome.failed`, as many as are told one by one."""
    behind = {result.unique_id: frozenset(outcome.waiting_for(result.unique_id)) for result in outcome.failed}
    waits_for = Counter(name for names in behind.values() for name in names)
    named = {node.relation.full_name: node.name for node in outcome.manifest.nodes.values()}
    found = []
    for failure, result in zip(failures, outcome.failed, strict=False):
        # What also waits for another failure is left to the whole run.
        alone = [named[name] for name in sorted(behind[result.unique_id]) if waits_for[name] == 1 and name in named]
        found.append(_task(failure, [outcome.name_for_select(result.unique_id), *alone], failure.label))
    return found


def with_rest(failures: Sequence[Failure], outcome: Outcome, project: str) -> tuple[Failure, ...]:
    """The same with one that stands for all that are not among them."""
    more = len(outcome.failed) - len(failures)
    if more <= 0:
        return tuple(failures)
    others = counted(more, "more model or test", "more models and tests")
    words = f"{others} failed; dbt's lines in the log of the task `build` name them."
    return (*failures, Failure(step="dbt", table=project, error=words))


def all_tasks(failures: Sequence[Failure], outcome: Outcome, try_number: int = 1) -> list[dict[str, Any]]:
    """Those of what `with_rest` gives; `try_number` is that of `build`."""
    found = _first(failures[:MOST], outcome)
    for failure in failures[MOST:]:
        names = [outcome.name_for_select(result.unique_id) for result in outcome.failed[MOST:]]
        found.append(_task(failure, names, f"{len(names):,} more"))
    return [{**task, TRY_KEY: try_number} for task in found]


def rows_by_name(outcome: Outcome) -> dict[str, int | None]:
    """What dbt says that each table got, by its full name."""
    return dict(_rows(outcome))


def _rows(outcome: Outcome) -> Iterator[tuple[str, int | None]]:
    for result in outcome.results:
        if node := outcome.model(result.unique_id):
            yield node.relation.full_name, result.rows


def _task(failure: Failure, again: Sequence[str], shown: str) -> dict[str, Any]:
    names = list(dict.fromkeys(filter(None, again)))
    return {"failure": record(failure), AGAIN_KEY: names, "shown": shown}
