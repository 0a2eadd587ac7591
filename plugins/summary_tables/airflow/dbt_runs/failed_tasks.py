"""What `build` hands to the tasks of the models and tests that failed in it. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from summary_tables.dbt.node_outcome import Outcome
from summary_tables.model.failure import Failure
from summary_tables.text.english import counted

MOST: Final = 100
"""So many failures are told one by one, in as many tasks; one more stands for the rest."""

AGAIN_KEY: Final = "again"
_LONGEST_QUERY: Final = 4000


def record(failure: Failure) -> dict[str, Any]:
    """As it is stored in Airflow."""
    return {**asdict(failure), "sql": failure.sql[:_LONGEST_QUERY]}


def _first(failures: Sequence[Failure], outcome: Outcome) -> list[dict[str, Any]]:
    """One a failure, in their order; `failures` are those of `outcome.failed`, as many as are told one by one."""
    behind = {result.unique_id: frozenset(outcome.waiting_for(result.unique_id)) for result in outcome.failed}
    waits_for = Counter(name for names in behind.values() for name in names)
    named = {node.relation.full_name: node.name for node in outcome.manifest.nodes.values()}
    found = []
    for failure, result in zip(failures, outcome.failed, strict=False):
        # What also waits for another failure is left to the whole run.
        alone = [named[name] for name in sorted(behind[result.unique_id]) if waits_for[name] == 1 and name in named]
        shown = f"{failure.table}: {failure.check}" if failure.check else failure.table
        found.append(_task(failure, [outcome.name_for_select(result.unique_id), *alone], shown))
    return found


def with_rest(failures: Sequence[Failure], outcome: Outcome, project: str) -> tuple[Failure, ...]:
    """The same with one that stands for all that are not among them."""
    more = len(outcome.failed) - len(failures)
    if more <= 0:
        return tuple(failures)
    others = counted(more, "more model or test", "more models and tests")
    words = f"{others} failed; dbt's lines in the log of the task `build` name them."
    return (*failures, Failure(step="dbt", table=project, error=words))


def all_tasks(failures: Sequence[Failure], outcome: Outcome) -> list[dict[str, Any]]:
    """Those of what `with_rest` gives."""
    found = _first(failures[:MOST], outcome)
    for failure in failures[MOST:]:
        names = [outcome.name_for_select(result.unique_id) for result in outcome.failed[MOST:]]
        found.append(_task(failure, names, f"{len(names):,} more"))
    return found


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
