"""Why a step of a run failed, and the one sentence that says so in the log, in Airflow and in Slack."""

from dataclasses import dataclass
from typing import Final, Literal

Step = Literal[
    "wait",
    "input_check",
    "create",
    "output_check",
    "publish",
    "export_to_sheet",
    "source_freshness",
    "model",
    "test",
    "unit_test",
    "dbt",
]
"""Of a summary table, and behind those of a dbt project: `dbt` is its run as a whole."""

WAIT: Final = "wait"
"""The step that a run begins with where it waits for what others fill or publish."""

EXPORT: Final = "export_to_sheet"
"""The step behind `publish` that writes the table to a Google Sheet as well."""

PUBLISHED: Final = "The table is published all the same."
SAME_SHEET: Final = "The sheet was not changed."
EITHER_SHEET: Final = "The sheet holds all of the old rows or all of the new ones."
"""What readers see where that step failed."""

XCOM_KEY = "failure"
"""The task that fails records `dataclasses.asdict(failure)` under this key; the DAG's callback reads it."""

WARNING_KEY = "warning"
"""The same of a check that did not hold, or of another step that has something to say, and lets the run go on."""

STEP_WORDS: dict[Step, str] = {
    "wait": "Waiting to build",
    "input_check": "Input check",
    "create": "Building",
    "output_check": "Output check",
    "publish": "Publishing",
    "export_to_sheet": "Exporting",
    "source_freshness": "Source check",
    "model": "Building",
    "test": "Test",
    "unit_test": "Unit test",
    "dbt": "Running",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a step could not be done, by us or by the warehouse: `error` is one or more plain sentences.

    `details` belongs to it: a table of plain text. `may_pass`: another try may go better. `sqlstate` is the warehouse's
    code, where one caused it.
    """

    error: str
    details: str = ""
    may_pass: bool = False
    sqlstate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One failed step.

    A check that ran has `check`, `expected` and `actual`; anything else has `error`: one or more plain sentences.
    `check_index` is the check's place in its list in the file, from 0; `column` is the one below which the file has the
    check. `details` belongs to `error`: a table of plain text. `sql` is the statement as it was run.
    `live` says what readers see now, e.g. `The live table was not changed: it holds the build of
    2026-11-21 03:00 UTC.`; empty where the run goes on. `failing_since` is for a check that failed in earlier runs,
    too: `Failing since 2026-11-20 03:00 UTC (3 runs).` `is_warning`: the run went on all the same. `place` is where in
    a dbt project it stands, e.g. `models/marts/orders.sql:12`.
    """

    step: Step
    table: str
    check: str = ""
    check_index: int | None = None
    column: str = ""
    expected: str = ""
    actual: str = ""
    error: str = ""
    details: str = ""
    sql: str = ""
    failing_since: str = ""
    live: str = ""
    is_warning: bool = False
    place: str = ""

    @property
    def subject(self) -> str:
        """What failed, e.g. `Output check "at least 12 rows" of analytics.nps_summary`."""
        words = STEP_WORDS[self.step]
        return f'{words} "{self.check}" of {self.table}' if self.check else f"{words} {self.table}"

    @property
    def label(self) -> str:
        """The same where there is little room, e.g. `shop.orders: unique: order_id`."""
        return f"{self.table}: {self.check}" if self.check else self.table

    @property
    def reason(self) -> str:
        """Why, e.g. `expected at least 12, got 7.`"""
        return self.error if self.error.strip() else f"expected {self.expected}, got {self.actual}."

    @property
    def sentence(self) -> str:
        """What failed, why and since when, without what readers see now."""
        return " ".join(filter(None, (f"{self.subject} {self.verb}: {self.reason}", self.failing_since)))

    @property
    def verb(self) -> str:
        """`failed`, or what a warning is."""
        if not self.is_warning:
            return "failed"
        return "could not be answered" if self.check and self.error.strip() else "warned"

    def __str__(self) -> str:
        """The whole of it in one line of plain words."""
        return " ".join(filter(None, (self.sentence, self.live)))
