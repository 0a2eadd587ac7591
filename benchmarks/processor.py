"""Whether Airflow's own DAG processor holds many tables on one core: all DAGs are stored, and none vanishes for time.

The rounds, one behind the other:

first      nothing is known of any file, and no DAG is stored
unchanged  no file has changed
slow       defaults.yaml has, so that every file is checked again, and other programs take most of the core
cut        the reading is halted until Airflow's limit ends it
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.machine import machine
from benchmarks.processor_service import AUTH_MANAGERS, ProcessorService, Seen, Setting, processor_service

_LOOK_EVERY = 1.0
_RIVALS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round. `fewest`: the least number of DAGs that people saw while it went on, of `stored` at its end.

    `reading` and `storing` are CPU seconds; `silence`: the longest time without a sign of life from the service.
    `errors`: the import errors that people saw meanwhile.
    """

    name: str
    seconds: float
    silence: float
    reading: float
    storing: float
    fewest: int
    stored: int
    errors: tuple[str, ...]


def run(tables: int, names: Sequence[str], setting: Setting, core: int) -> tuple[list[Round], Mapping[str, float]]:
    """The rounds, and the memory in megabytes."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-processor-") as folder,
        processor_service(Path(folder), tables, setting, core) as service,
    ):
        rounds = list[Round]()
        for name in names:
            print(f"round {name} ...", file=sys.stderr, flush=True)
            rounds.append(_round(service, name, core))
            print(_row(rounds[-1]), file=sys.stderr, flush=True)
        return rounds, service.megabytes


def _round(service: ProcessorService, name: str, core: int) -> Round:
    with _ROUNDS[name](service, core):
        before, (reading, storing) = service.seen(), service.cpu()
        start, fewest, now, silence = time.monotonic(), before.visible, before, 0.0
        errors: dict[str, None] = {}
        while not _is_over(before, now):
            time.sleep(_LOOK_EVERY)
            if not service.process.is_running() or service.process.status() == psutil.STATUS_ZOMBIE:
                raise RuntimeError((service.root / "dag-processor.log").read_text("utf-8")[-3000:])
            now = service.seen()
            fewest, silence = min(fewest, now.visible), max(silence, time.time() - (now.last_sign or time.time()))
            errors |= dict.fromkeys(service.import_errors())
        read, stored = service.cpu()
    return Round(
        name=name,
        seconds=time.monotonic() - start,
        silence=silence,
        reading=read - reading,
        storing=stored - storing,
        fewest=fewest,
        stored=min(now.visible, now.stored),
        errors=tuple(errors),
    )


def _is_over(before: Seen, now: Seen) -> bool:
    """All that was read since is stored: DAG for DAG, or all at once."""
    return before.last_stored != now.last_stored and now.last_sign > now.last_stored


@contextmanager
def _as_it_is(_service: ProcessorService, _core: int) -> Iterator[None]:
    yield


@contextmanager
def _slow(service: ProcessorService, core: int) -> Iterator[None]:
    """Every file has to be checked again, beside programs that never wait."""
    with (service.configs / "defaults.yaml").open("a", encoding="utf-8") as defaults:
        defaults.write("repository: https://git.example.com/tables/blob/main\n")
    busy = [sys.executable, "-c", f"import os; os.sched_setaffinity(0, {{{core}}})\nwhile True: pass"]
    rivals = [subprocess.Popen(busy) for _ in range(_RIVALS)]
    try:
        yield
    finally:
        for rival in rivals:
            rival.kill()
            rival.wait()


@contextmanager
def _cut(service: ProcessorService, _core: int) -> Iterator[None]:
    """The next reading is halted as it works; Airflow ends it, and begins another one."""
    while (halted := service.reading()) is None:
        time.sleep(_LOOK_EVERY / 10)
    os.kill(halted.pid, signal.SIGSTOP)
    yield


_ROUNDS: Mapping[str, Callable[[ProcessorService, int], AbstractContextManager[None]]] = {
    "first": _as_it_is,
    "unchanged": _as_it_is,
    "slow": _slow,
    "cut": _cut,
}


def report(rounds: Sequence[Round], megabytes: Mapping[str, float], tables: int, setting: Setting) -> str:
    """The whole text."""
    return "\n".join(
        (
            f"{tables:,} tables in Airflow's DAG processor, which shares one core with its database; auth manager "
            f"{setting.auth_manager}.",
            f"Limit {setting.limit_seconds} s, stale after {setting.stale_seconds} s, read again after "
            f"{setting.interval_seconds} s.",
            "",
            "".join((f"{'':<12}", *(f"{title:>13}" for title in _TITLES))),
            *map(_row, rounds),
            "",
            f"Memory: {megabytes['service']:.0f} MB the service, {megabytes['reading']:.0f} MB a reading, at the most.",
            *(f"Told in the round {each.name}: {text}" for each in rounds for text in each.errors),
            _verdict(rounds, tables),
            "",
            *machine(("apache-airflow", "dag-factory")),
        )
    )


_TITLES = ("seconds", "silent", "CPU reading", "CPU storing", "fewest DAGs", "at the end")


def _row(found: Round) -> str:
    times = (found.seconds, found.silence, found.reading, found.storing)
    cells = (*(f"{seconds:.0f} s" for seconds in times), f"{found.fewest:,}", f"{found.stored:,}")
    return "".join((f"{found.name:<12}", *(f"{cell:>13}" for cell in cells)))


def _verdict(rounds: Sequence[Round], tables: int) -> str:
    """Only in the first round, which begins without any, may there be fewer DAGs than tables."""
    lost = [each.name for each in rounds if each.stored < tables or (each.fewest < tables and each.name != "first")]
    return f"DAGs were missing in: {', '.join(lost)}." if lost else "All DAGs were stored, and none vanished."


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.processor", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=int, default=5000, help="how many DAGs of six tasks (default: 5000)")
    parser.add_argument("--rounds", nargs="+", choices=_ROUNDS, default=list(_ROUNDS), help="which (default: all)")
    parser.add_argument("--auth-manager", choices=AUTH_MANAGERS, default="simple", help="which (default: simple)")
    parser.add_argument("--limit", type=int, default=600, help="dag_file_processor_timeout (default: 600)")
    parser.add_argument("--stale", type=int, default=1800, help="stale_dag_threshold (default: 1800)")
    parser.add_argument("--interval", type=int, default=30, help="min_file_process_interval (default: 30)")
    parser.add_argument("--core", type=int, default=0, help="on which all of it runs (default: 0)")
    chosen = parser.parse_args(arguments)
    setting = Setting(
        auth_manager=chosen.auth_manager,
        limit_seconds=chosen.limit,
        stale_seconds=chosen.stale,
        interval_seconds=chosen.interval,
    )
    print(report(*run(chosen.tables, chosen.rounds, setting, chosen.core), chosen.tables, setting))


if __name__ == "__main__":
    main()
