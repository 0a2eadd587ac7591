"""`run_results.json` and `sources.json`: what became of each node of a run, and how old each source was."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from summary_tables.dbt.manifest import MOST_BYTES
from summary_tables.dbt.project_files import content

GOOD: Final = frozenset({"success", "pass", "no-op"})
FAILED: Final = frozenset({"error", "fail", "runtime error", "partial success"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult:
    """`status` is dbt's word. `failures`: rows that a test found; `rows`: what a model wrote, where the warehouse says.

    `compiled_code` is the query as it was run.
    """

    unique_id: str
    status: str
    message: str = ""
    failures: int | None = None
    rows: int | None = None
    compiled_code: str = ""

    @property
    def is_good(self) -> bool:
        return self.status in GOOD

    @property
    def has_failed(self) -> bool:
        return self.status in FAILED

    @property
    def has_warned(self) -> bool:
        return self.status == "warn"

    @property
    def is_skipped(self) -> bool:
        """Something that it needs has failed."""
        return self.status == "skipped"

    @property
    def kind(self) -> str:
        """`model`, `seed`, `snapshot`, `test`, `unit_test` or another word of dbt's."""
        return self.unique_id.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAge:
    """How old the newest row of a source was. `hours` is None where dbt could not find out; then `message` says why."""

    unique_id: str
    status: str
    hours: float | None = None
    message: str = ""

    @property
    def has_failed(self) -> bool:
        return self.status in ("error", "runtime error")

    @property
    def has_warned(self) -> bool:
        return self.status == "warn"


def read_run_results(path: Path) -> tuple[NodeResult, ...] | None:
    """In the order in which they ended; None: dbt did not come so far, or the file is something else."""
    found = _results(path)
    return None if found is None else tuple(_node(item) for item in found)


def command_of(path: Path) -> str:
    """The command of dbt that left these results, such as `build`; empty where that is not known."""
    try:
        data = json.loads(content(path, MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return ""
    arguments = data.get("args") if isinstance(data, dict) else None
    return str(arguments.get("which", "")) if isinstance(arguments, dict) else ""


def read_source_ages(path: Path) -> tuple[SourceAge, ...] | None:
    """The same of `sources.json`."""
    found = _results(path)
    return None if found is None else tuple(_age(item) for item in found)


def _results(path: Path) -> tuple[Mapping[str, Any], ...] | None:
    try:
        data = json.loads(content(path, MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    results = data.get("results") if isinstance(data, dict) else None
    return tuple(_items(results)) if isinstance(results, list) else None


def _items(results: list[Any]) -> Iterator[Mapping[str, Any]]:
    return (item for item in results if isinstance(item, dict) and item.get("unique_id"))


def _node(item: Mapping[str, Any]) -> NodeResult:
    response = item.get("adapter_response")
    rows = response.get("rows_affected") if isinstance(response, dict) else None
    return NodeResult(
        unique_id=str(item["unique_id"]),
        status=str(item.get("status") or ""),
        message=str(item.get("message") or "").strip(),
        failures=item["failures"] if isinstance(item.get("failures"), int) else None,
        rows=rows if isinstance(rows, int) and rows >= 0 else None,
        compiled_code=str(item.get("compiled_code") or "").strip(),
    )


def _age(item: Mapping[str, Any]) -> SourceAge:
    seconds = item.get("max_loaded_at_time_ago_in_s")
    return SourceAge(
        unique_id=str(item["unique_id"]),
        status=str(item.get("status") or ""),
        hours=seconds / 3600 if isinstance(seconds, int | float) else None,
        message=str(item.get("error") or "").strip(),
    )
