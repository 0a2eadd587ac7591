"""Measures one variant in this process: `python -m benchmarks.measure` is run by `benchmarks.parse`."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Any

from benchmarks.variants import VARIANTS, Parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """CPU seconds of one process: for all imports since its start, and for its fastest parse after them.

    `megabytes`: the most memory that the process had by then. The rest says what the parse was asked for, and made.
    """

    imports: float
    parse: float
    megabytes: float
    tables: int
    dags: int
    tasks: int
    dependencies: int


def measure(variant: str, folders: Sequence[Path], count: int, calls: int) -> tuple[Measurement, ...]:
    """Imports, then parses each folder `calls` times, in turn. For a process that has imported nothing yet."""
    parses = [VARIANTS[variant](folder, count) for folder in folders]
    imports = process_time()
    turns = [[_timed(parse, imports, count) for parse in parses] for _ in range(calls)]
    return tuple(min(of_folder, key=lambda found: found.parse) for of_folder in zip(*turns, strict=True))


def _timed(parse: Parse, imports: float, count: int) -> Measurement:
    start = process_time()
    made = parse()
    seconds = process_time() - start
    tasks = [task for dag in made.values() for task in dag.tasks]
    return Measurement(
        imports=imports,
        parse=seconds,
        megabytes=getrusage(RUSAGE_SELF).ru_maxrss / 1024,
        tables=len(made) or count,
        dags=len(made),
        tasks=len(tasks),
        dependencies=sum(len(task.downstream_task_ids) for task in tasks),
    )


def measurements_from_json(text: str) -> tuple[Measurement, ...]:
    items: list[dict[str, Any]] = json.loads(text)
    return tuple(Measurement(**item) for item in items)


def _main(result: str, variant: str, count: str, calls: str, *folders: str) -> None:
    found = measure(variant, tuple(map(Path, folders)), int(count), int(calls))
    Path(result).write_text(json.dumps([asdict(measurement) for measurement in found]), "utf-8")


if __name__ == "__main__":
    _main(*sys.argv[1:])
