"""The note that Airflow shows beside a run: what became of it, in one line. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from summary_tables.model.build import Build
from summary_tables.model.table import SummaryTable
from summary_tables.runs.messages import published_words
from summary_tables.runs.run_failure import RunFailure
from summary_tables.text.english import counted

NOTE_KEY: Final = "note"
"""Under this key `publish` records what it did, for the note."""

LONGEST: Final = 1_000
"""Characters that Airflow takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCount:
    """How many checks of a run held, and how many of those that let it go on did not."""

    passed: int = 0
    warned: int = 0


def built_note(table: SummaryTable, build: Build) -> str:
    """What `publish` did, e.g. `Published 92 rows in 1.4 s`."""
    if not build.is_whole:
        return published_words(table, build).removesuffix(".")
    seconds = (build.built_at - build.started_at).total_seconds() if build.built_at else None
    return f"Published {counted(build.rows, 'row')}" + ("" if seconds is None else f" in {seconds:,.1f} s")


def success_note(done: str, checks: CheckCount) -> str:
    """`done` with what the checks found: `Published 92 rows in 1.4 s; 3 checks passed, 1 warned.`"""
    found = ", ".join(_check_words(checks))
    return _cut(f"{done}; {found}." if found else f"{done}.")


def failure_note(failure: RunFailure) -> str:
    """Why the run failed: the first reason, and what else did."""
    first = failure.first.sentence if failure.first else failure.explanation
    return _cut(" ".join(filter(None, (first, failure.also))))


def _check_words(checks: CheckCount) -> Iterator[str]:
    if checks.passed:
        yield f"{counted(checks.passed, 'check')} passed"
    if checks.warned:
        yield f"{checks.warned} warned" if checks.passed else f"{counted(checks.warned, 'check')} warned"


def _cut(text: str) -> str:
    """One line that Airflow's database takes."""
    line = " ".join(text.replace("\0", "").split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
