"""Measures one variant in this process: `python -m benchmarks.measure` is run by `benchmarks.parse`."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.variants import VARIANTS, Parse

if TYPE_CHECKING:
    from airflow.sdk import DAG


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """CPU seconds of one process: for all imports since its start, and for its fastest parse after them.

    The rest says what the parse made.
    """

    imports: float
    parse: float
    dags: int
    tasks: int
    dependencies: int


def measure(variant: str, folders: Sequence[Path], count: int, calls: int) -> tuple[Measurement, ...]:
    """Imports, then parses each folder `calls` times, in turn. For a process that has imported nothing yet."""
    parses = [VARIANTS[variant](folder, count) for folder in folders]
    imports = process_time()
    turns = [[_timed(parse, imports) for parse in parses] for _ in range(calls)]
    return tuple(min(of_folder, key=lambda found: found.parse) for of_folder in zip(*turns, strict=True))


def _timed(parse: Parse, imports: float) -> Measurement:
    start = process_time()
    made = parse()
    return _measurement(made, imports, process_time() - start)


def _measurement(made: Mapping[str, "DAG"], imports: float, seconds: float) -> Measurement:
    tasks = [task for dag in made.values() for task in dag.tasks]
    dependencies = sum(len(task.downstream_task_ids) for task in tasks)
    return Measurement(imports=imports, parse=seconds, dags=len(made), tasks=len(tasks), dependencies=dependencies)


def measurements_from_json(text: str) -> tuple[Measurement, ...]:
    items: list[dict[str, Any]] = json.loads(text)
    return tuple(Measurement(**item) for item in items)


def _main(result: str, variant: str, count: str, calls: str, *folders: str) -> None:
    found = measure(variant, tuple(map(Path, folders)), int(count), int(calls))
    Path(result).write_text(json.dumps([asdict(measurement) for measurement in found]), "utf-8")


if __name__ == "__main__":
    _main(*sys.argv[1:])
