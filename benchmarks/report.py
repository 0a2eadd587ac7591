"""The measurements as a table for people."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.examples import TASKS_OF_A_TABLE
from benchmarks.machine import machine
from benchmarks.measure import Measurement

Results = Mapping[str, Sequence[Measurement]]
"""By the name of the case: one measurement a round."""

_LABELS = {
    "by_hand": "(a) written by hand with the SDK",
    "dag_factory": "(b) dag-factory's load_yaml_dags",
    "summary_tables": "summary tables",
    "unchanged": "the same, no file changed",
    "problems": "its problems file, no file changed",
    "unchanged_many": "{many:,} tables, no file changed",
    "one_task_of_one": "one task's run, 1 config",
    "one_task_of_all": "one task's run, {count:,} configs",
}
MANY_TIMES = 5
"""What the line of many tables has more than the others."""

_GOALS = (
    ("all configs against (a)", "summary_tables", "by_hand", 1.6),
    ("all configs against (b)", "summary_tables", "dag_factory", 0.25),
    ("unchanged configs against (a)", "unchanged", "by_hand", 1.3),
    ("one task among all against a single config", "one_task_of_all", "one_task_of_one", 1.1),
)
_LIMITS = (
    ("the problems file of 1,000 unchanged configs", "problems", 1000, 0.3),
    ("5,000 unchanged configs", "unchanged_many", 5000, 10.0),
)
"""CPU seconds, for so many tables."""

_PACKAGES = ("apache-airflow", "dag-factory", "pyyaml", "jsonschema")

_METHOD = (
    "Summary tables: every file is read and checked (YAML, schema, queries), every DAG built, validated and checked",
    "for cycles. (a) and (b) only build; (a) reads no file. All make the same groups, tasks and dependencies, with",
    "the same callback, docs and defaults. One task's run: the parse when Airflow asks for the one DAG it needs.",
    "(a) and summary tables are parsed three times a process, one task's DAG 200 times, and the fastest counts.",
    "No file changed: they are those of the parse before, which found them good. Memory: the most that a process had.",
)


def report(results: Results, count: int) -> str:
    """The whole text. Ratios are those of the best rounds, which the machine disturbed least."""
    return "\n".join(
        (
            f"Parsing {count:,} DAGs of {TASKS_OF_A_TABLE} tasks: CPU time of a fresh process, its imports apart.",
            f"Best and median of {len(results['by_hand'])} rounds, all variants in turn.",
            "",
            f"{'':<34}{'best':>12}{'median':>12}{'per DAG':>12}{'imports':>12}{'memory':>10}",
            *_rows(results, count),
            "",
            *_ratios(results),
            *_seconds(results),
            "",
            *_METHOD,
            "",
            *machine(_PACKAGES),
        )
    )


def _rows(results: Results, count: int) -> Iterator[str]:
    for name, found in results.items():
        best, middle = min(m.parse for m in found), median(m.parse for m in found)
        imports = min(m.imports for m in found)
        cells = "".join(f"{_time(seconds):>12}" for seconds in (best, middle, best / found[0].tables, imports))
        label = _LABELS[name].format(count=count, many=count * MANY_TIMES)
        yield f"{label:<34}{cells}{min(m.megabytes for m in found):>7.0f} MB"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.2f} ms"


def _ratios(results: Results) -> Iterator[str]:
    for words, name, other, goal in _GOALS:
        ratio = min(m.parse for m in results[name]) / min(m.parse for m in results[other])
        verdict = "met" if ratio < goal else "missed"
        yield f"{words:<46}{ratio:>6.2f}x   goal: under {goal:g}x, {verdict}"


def _seconds(results: Results) -> Iterator[str]:
    for words, name, tables, limit in _LIMITS:
        seconds = min(m.parse / m.tables for m in results[name]) * tables
        verdict = "met" if seconds < limit else "missed"
        yield f"{words:<46}{seconds:>6.2f} s  goal: under {limit:g} s, {verdict}"
