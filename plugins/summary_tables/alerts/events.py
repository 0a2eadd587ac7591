"""What the end of a run comes to as an event. Pure."""

import hashlib
import re
from datetime import datetime
from typing import Final

from summary_tables.model.build import Build
from summary_tables.model.failure import Failure
from summary_tables.model.incident import Event
from summary_tables.model.table import SummaryTable
from summary_tables.runs.run_failure import RunFailure
from summary_tables.runs.run_warnings import RunWarnings

_CHANGES: Final = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`|\d+")
"""What of an error may be another in each run: values, names, numbers."""


def failed(table: SummaryTable, report: RunFailure, at: datetime) -> Event:
    """A run failed."""
    return Event(
        kind="failed",
        schema=table.schema,
        table=table.table,
        at=at,
        notice=report.notice(),
        causes=tuple(dict.fromkeys(map(_cause, report.failures))) or (f"run.{report.reason}",),
        reason=_reason(report),
        run_id=report.run_id,
        owner=table.owner,
    )


def warned(table: SummaryTable, report: RunWarnings, at: datetime) -> Event:
    """A run published its table, and has something to say."""
    return Event(
        kind="warned",
        schema=table.schema,
        table=table.table,
        at=at,
        notice=report.notice(),
        run_id=report.run_id,
        owner=table.owner,
    )


def published(table: SummaryTable, build: Build | None, run_id: str, at: datetime) -> Event:
    """Readers see a new build. None: which one could not be asked."""
    return Event(
        kind="published",
        schema=table.schema,
        table=table.table,
        at=at,
        run_id=run_id,
        owner=table.owner,
        built_at=build.built_at if build else None,
        rows=build.rows if build else None,
    )


def _cause(failure: Failure) -> str:
    """A check is known by its name, anything else by its words; of both, what is left without values and numbers.

    A run that waited in vain is the same cause whatever of it has come meanwhile.
    """
    if failure.step == "wait":
        return failure.step
    words = " ".join(_CHANGES.sub("", failure.check or failure.error).split())
    return f"{failure.step}.{words if failure.check else hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _reason(report: RunFailure) -> str:
    if not report.failures:
        return report.explanation
    first = report.failures[0]
    return f"{first.subject} {first.verb}: {first.reason}"
