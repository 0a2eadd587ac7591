"""The fields of Airflow's trigger form, so that nobody writes a run's configuration as JSON from memory.

What a field gives lands in the run's configuration, as if it had been typed there: `runs.run_configuration` reads it
and refuses what means nothing. A run that nobody started by hand has none of it.
"""

from typing import Any, Final

from airflow.sdk import Param as AirflowParam

from summary_tables.model.table import SummaryTable
from summary_tables.runs.run_configuration import FULL_REFRESH, ROLL_BACK_TO

_NOTHING: Final = object()


class Param(AirflowParam):
    """One field, which holds whatever it is given.

    Airflow's own loads a schema validator whenever it is asked for its value: in every task, and in every parse. The
    server checks what somebody types all the same, by the schema.
    """

    def resolve(self, value: Any = _NOTHING, suppress_exception: bool = False) -> Any:  # noqa: ARG002 - Airflow's
        if value is not _NOTHING:
            self.value = value
        return self.value


# Airflow knows a field by the name of its class, and would take one of another for a default value.
Param.__module__ = AirflowParam.__module__

_TAKEN: Final = [{"type": kind} for kind in ("string", "null", "boolean", "number")]
"""What may come by Airflow's API. As a `type` of several it would make each field a text of many lines: without one the
form is drawn by the value, a switch for false and a line for a text."""


def trigger_form(table: SummaryTable) -> dict[str, Param]:
    """The fields for a run of `table`, by the key of the configuration that each fills in."""
    fields = {
        ROLL_BACK_TO: Param(
            "", _ROLL_BACK_WORDS.format(zone=table.timezone), schema={"anyOf": _TAKEN, "title": "Roll back to"}
        )
    }
    if not (table.refresh.is_incremental and table.full_refresh):
        return fields
    return {FULL_REFRESH: Param(False, _FULL_REFRESH_WORDS, schema={"anyOf": _TAKEN, "title": "Full refresh"})} | fields


_FULL_REFRESH_WORDS: Final = "Build the whole table anew, from its beginning, and not the rows of one run."
_ROLL_BACK_WORDS: Final = (
    "Build nothing, and show readers an earlier build again: its time in {zone}, such as 2026-11-21 03:00. "
    "Leave it empty to build the table."
)
