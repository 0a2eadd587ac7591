"""What lint costs: one file, and a folder of many with their SQL, against tools that do a part of it.

Every number is CPU time, user and system, of a fresh process from its start to its end, imports included. All variants
are measured once a round, so that a busy minute of the machine hits all of them.
"""

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import lint_files
from benchmarks.lint_report import Results, report

REPOSITORY = Path(__file__).parents[1]
SCHEMA = REPOSITORY / "schemas" / "summary_table.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variant:
    """A command, run where the folders are. `codes`: the exit codes with which it has done its work."""

    command: tuple[str, ...]
    codes: tuple[int, ...] = (0,)


def run(files: int, sample: int, rounds: int) -> Results:
    """CPU seconds of every variant, one for each round. Raises RuntimeError with the output of a command that failed.

    sqlfluff sees the queries of `sample` of the files only.
    """
    with _orphans_adopted(), tempfile.TemporaryDirectory(prefix="bench-lint-") as name:
        work = Path(name)
        _write(work, files, sample)
        variants = _variants(work)
        found: dict[str, list[float]] = {variant: [] for variant in variants}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds} ...", file=sys.stderr, flush=True)
            for variant, process in variants.items():
                found[variant].append(_cpu_seconds(process, work))
        return found


def _write(work: Path, files: int, sample: int) -> None:
    lint_files.write_folder(work / "one" / "dag_configs", 1)
    lint_files.write_folder(work / "all" / "dag_configs", files)
    lint_files.write_folder(work / "known" / "dag_configs", files)
    lint_files.write_sources(work / "known" / "dag_configs")
    lint_files.write_queries(work / "sql", sample)


def _variants(work: Path) -> Mapping[str, _Variant]:
    lint = (sys.executable, "-m", "summary_tables", "lint", "--format", "text")
    check = (sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA))
    fluff = (sys.executable, "-m", "sqlfluff", "lint", "--dialect", "postgres", "--processes", "1", "--nocolor", "sql")
    tables = [str(path) for path in sorted((work / "all" / "dag_configs").glob("summary_*.yaml"))]
    return {
        "python": _Variant(command=(sys.executable, "-c", "pass")),
        "lint_one": _Variant(command=(*lint, "one/dag_configs")),
        "lint_one_of_all": _Variant(command=(*lint, "all/dag_configs/summary_0000.yaml")),
        "lint_all": _Variant(command=(*lint, "all/dag_configs")),
        "known_all": _Variant(command=(*lint, "known/dag_configs")),
        "known_all_names": _Variant(command=(*lint, "--no-server", "known/dag_configs")),
        "known_one": _Variant(command=(*lint, "known/dag_configs/summary_0000.yaml")),
        "known_one_names": _Variant(command=(*lint, "--no-server", "known/dag_configs/summary_0000.yaml")),
        "schema_one": _Variant(command=(*check, "one/dag_configs/summary_0000.yaml")),
        "schema_all": _Variant(command=(*check, *tables)),
        # 1: it has found something, such as a line that it finds too long.
        "sqlfluff": _Variant(command=fluff, codes=(0, 1)),
    }


def _cpu_seconds(variant: _Variant, work: Path) -> float:
    others = _children()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        variant.command,
        cwd=work,
        env={name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
        | {"DEMO_HOME": str(work / "servers")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    _await_all_but(others)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in variant.codes:
        raise RuntimeError(f"{' '.join(variant.command[:6])} failed:\n{done.stdout[-3000:]}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


_SET_CHILD_SUBREAPER = 36


@contextmanager
def _orphans_adopted() -> Iterator[None]:
    """Of Linux: a PostgreSQL that a command leaves to end by itself is counted, too."""
    adopt = ctypes.CDLL(None).prctl
    adopt(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        adopt(_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def _await_all_but(others: Set[int]) -> None:
    """An orphan may leave further ones."""
    while left := _children() - others:
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lint", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, help="how many files (default: 1000)")
    parser.add_argument("--sample", type=int, default=100, help="of how many sqlfluff sees the SQL (default: 100)")
    parser.add_argument("--rounds", type=int, default=3, help="fresh processes for each variant (default: 3)")
    chosen = parser.parse_args(arguments)
    sample = min(chosen.sample, chosen.files)
    print(report(run(chosen.files, sample, chosen.rounds), files=chosen.files, sample=sample))


if __name__ == "__main__":
    main()
