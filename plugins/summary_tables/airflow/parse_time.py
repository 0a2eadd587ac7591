"""How long Airflow takes to read the configs, and that it takes no table away for it.

Airflow has two limits. After `[core] dagbag_import_timeout` it raises in the midst of a DAG file, and hides every DAG
of that file. After `[dag_processor] dag_file_processor_timeout` it kills the process, and hides what it has not heard
of for `stale_dag_threshold`. The first is lifted here, since the second ends a process that hangs; of the second
people hear while there is still time to raise it, and the third, so that one reading that is killed hides nothing.
"""

import json
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from airflow.configuration import conf

from summary_tables.configs.config import paths
from summary_tables.configs.known_good import KnownGood
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem

if TYPE_CHECKING:
    from airflow.sdk import DAG

_TIMEOUT = "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT"
_THRESHOLD = "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD"
_NOTE = ".time"
_NEAR = 0.5
_STEPS = (60, 120, 180, 300, 600, 900, 1200, 1800, 3600)
_SAMPLES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseTime:
    """`files` and `seconds` are those of the last reading of the folder that ended; zeros: none has.

    `started`: when one began that has not ended, by the clock; zero: none has. `was_stopped`: the one before did not
    end either.
    """

    files: int = 0
    seconds: float = 0
    started: float = 0
    was_stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Airflow's, in seconds: a reading is killed after `reading`, and what was not read for `hiding` is hidden."""

    reading: float
    hiding: float


@contextmanager
def not_cut_off() -> Iterator[None]:
    """Airflow's time-out for the import of a DAG file stands still."""
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        if left:
            signal.setitimer(signal.ITIMER_REAL, left)


def keep_start(memory: KnownGood | None) -> None:
    """Says to `problems` that a reading begins."""
    if memory:
        before, now = _kept(memory), time.time()
        was_stopped = before.was_stopped or _is_over(before, _limits().reading, now)
        _keep(memory, replace(before, started=now, was_stopped=was_stopped))


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """How long something took, and how much of it this process had a core."""

    started: float = field(default_factory=time.monotonic)
    cpu_before: float = field(default_factory=time.process_time)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    @property
    def cpu_seconds(self) -> float:
        return time.process_time() - self.cpu_before


def keep_end(memory: KnownGood | None, dags: Mapping[str, "DAG"], reading: Stopwatch) -> None:
    """Says to `problems` what the reading took, and what Airflow will take to serialize the DAGs."""
    if memory:
        seconds, cpu_seconds = reading.seconds, reading.cpu_seconds
        if seconds > _limits().reading * _NEAR / 4:
            # As slowly as the reading: how busy the machine is at this very moment says less.
            seconds *= 1 + _serializing(dags) / max(cpu_seconds, 0.001)
        _keep(memory, ParseTime(files=len(dags), seconds=seconds))


def _serializing(dags: Mapping[str, "DAG"]) -> float:
    """The CPU seconds that Airflow will need to serialize all of them, by a few."""
    from airflow.serialization.serialized_objects import DagSerialization

    sample, few = Stopwatch(), list(islice(dags.values(), _SAMPLES))
    for dag in few:
        DagSerialization.to_dict(dag)
    return sample.cpu_seconds * len(dags) / len(few) if few else 0


def _keep(memory: KnownGood, reading: ParseTime) -> None:
    memory.write_note(_NOTE, json.dumps(asdict(reading)).encode())


def _kept(memory: KnownGood) -> ParseTime:
    try:
        return ParseTime(**json.loads(memory.note(_NOTE)))
    except (ValueError, TypeError):
        return ParseTime()


def _is_over(reading: ParseTime, limit: float, now: float) -> bool:
    """Airflow must have ended the one that began."""
    return 0 < reading.started < now - limit


def problems(folder: Path, memory: KnownGood | None, own_seconds: float) -> tuple[Problem, ...]:
    """That the last reading came near Airflow's limit, or met it. `own_seconds` stand for it where nothing is kept."""
    reading = _kept(memory) if memory else ParseTime(files=len(paths(folder)), seconds=own_seconds)
    found = too_slow(reading, _limits(), time.time())
    return (_problem(folder, *found),) if found else ()


def _limits() -> Limits:
    return Limits(
        reading=conf.getint("dag_processor", "dag_file_processor_timeout"),
        hiding=conf.getint("dag_processor", "stale_dag_threshold"),
    )


def too_slow(reading: ParseTime, limits: Limits, now: float) -> tuple[str, str] | None:
    """What to say of it and what to do; None while there is time enough."""
    files = f"{reading.files:,} files" if reading.files else "the files"
    hides = f"hides tables that it has not read for {limits.hiding:.0f}"
    if reading.was_stopped or _is_over(reading, limits.reading, now):
        stopped = f"Airflow has stopped reading {files} after {limits.reading:.0f} seconds, before it was done"
        return f"{stopped}; it {hides}", _advice(limits.reading * 2, limits)
    if reading.seconds <= limits.reading * _NEAR:
        return None
    took = f"reading {files} takes Airflow {reading.seconds:.0f} seconds"
    return f"{took}; it stops after {limits.reading:.0f}, and then {hides}", _advice(reading.seconds, limits)


def _advice(seconds: float, limits: Limits) -> str:
    step = next((step for step in _STEPS if step >= seconds * 3), _STEPS[-1])
    wanted = max(step, round(limits.reading * 2))
    return (
        f"set {_TIMEOUT}={wanted} and {_THRESHOLD}={wanted * 3} where the DAG processor runs "
        f"(they are {limits.reading:.0f} and {limits.hiding:.0f} there), and start that again"
    )


def _problem(folder: Path, message: str, fix: str) -> Problem:
    finding = Finding(place=WHOLE_FILE, rule="parse-time", level="warning", message=message, fix=fix)
    return Problem.of(finding, folder, file=folder.name)
