"""What parsing costs: our generator against the same DAGs written by hand and against plain dag-factory.

Every number is CPU time of a fresh process that has done its imports. All variants are measured once a round, so that
a busy minute of the machine hits all of them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import config_files, dag_factory_files
from benchmarks.examples import examples
from benchmarks.measure import Measurement, measurements_from_json
from benchmarks.report import MANY_TIMES, Results, report

REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Process:
    """One process: a variant, and the folders it parses in turn, by the name of the line they make in the report.

    The folders hold `times` as many tables as the benchmark was asked for.
    """

    variant: str
    folders: Mapping[str, str]
    calls: int
    times: int = 1


_PROCESSES = (
    _Process(variant="by_hand", folders={"by_hand": "none"}, calls=3),
    _Process(variant="dag_factory", folders={"dag_factory": "dag_factory"}, calls=1),
    _Process(variant="summary_tables", folders={"summary_tables": "configs"}, calls=3),
    _Process(variant="unchanged", folders={"unchanged": "configs"}, calls=3),
    _Process(variant="problems", folders={"problems": "configs"}, calls=3),
    _Process(variant="unchanged", folders={"unchanged_many": "many_configs"}, calls=2, times=MANY_TIMES),
    _Process(variant="one_task", folders={"one_task_of_one": "one_config", "one_task_of_all": "configs"}, calls=200),
)


Start = Callable[[Sequence[str], Mapping[str, str]], "subprocess.CompletedProcess[str]"]
"""Runs `python -m benchmarks.measure` with these arguments and in this environment."""


def new_process(arguments: Sequence[str], environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """What is measured: a process that has imported nothing yet."""
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.measure", *arguments],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def run(count: int, rounds: int, start: Start = new_process) -> Results:
    """Measures every variant `rounds` times. Raises RuntimeError with the output of a process that failed."""
    with tempfile.TemporaryDirectory(prefix="bench-parse-") as name:
        work = Path(name)
        _write_folders(work, count)
        found: dict[str, list[Measurement]] = {line: [] for process in _PROCESSES for line in process.folders}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds} ...", file=sys.stderr, flush=True)
            for process in _PROCESSES:
                for line, measurement in zip(process.folders, _measured(work, process, count, start), strict=True):
                    found[line].append(measurement)
        return found


def _write_folders(work: Path, count: int) -> None:
    tables = examples(count)
    config_files.write(work / "configs", tables)
    config_files.write(work / "one_config", tables[:1])
    config_files.write(work / "many_configs", examples(count * MANY_TIMES))
    dag_factory_files.write(work / "dag_factory", tables)


def _measured(work: Path, process: _Process, count: int, start: Start) -> tuple[Measurement, ...]:
    result = work / "result.json"
    result.unlink(missing_ok=True)
    numbers = [str(count * process.times), str(process.calls)]
    folders = [str(work / folder) for folder in process.folders.values()]
    done = start([str(result), process.variant, *numbers, *folders], _environment(work))
    if done.returncode or not result.exists():
        raise RuntimeError(f"{process.variant} failed:\n{done.stdout[-3000:]}")
    return measurements_from_json(result.read_text("utf-8"))


def _environment(work: Path) -> dict[str, str]:
    """An Airflow without a database, files or plugins of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "_AIRFLOW"))}
    return inherited | {
        "AIRFLOW_HOME": str(work / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(work / "none"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(work / "none"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "DO_NOT_TRACK": "1",
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parse", description=__doc__)
    parser.add_argument("--tables", type=int, default=1000, help="how many DAGs of six tasks (default: 1000)")
    parser.add_argument("--rounds", type=int, default=5, help="fresh processes for each variant (default: 5)")
    chosen = parser.parse_args(arguments)
    print(report(run(chosen.tables, chosen.rounds), chosen.tables))


if __name__ == "__main__":
    main()
