"""How everything stands: Airflow, its files, and each table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from summary_tables.catalog.entry import Entry, State
from summary_tables.model.incident import Incident

WRONG: frozenset[State] = frozenset({"failing", "late", "broken_file"})
"""States in which somebody has to do something."""

_NEEDED = ("metadatabase", "scheduler", "dag_processor")
_TRIGGERER = "triggerer"


@dataclass(frozen=True, slots=True, kw_only=True)
class AirflowStanding:
    """`problem`: why it could not be asked, or not for all. `health` is by part.

    `going_on`: runs by state; None: without a login nobody says. `watch`: what is wrong with the DAG that looks for
    late tables, in a few words. `waits`: some table does, for which the triggerer has to be there.
    """

    health: Mapping[str, str | None] = field(default_factory=dict)
    import_errors: tuple[tuple[str, str], ...] = ()
    going_on: Mapping[str, int] | None = None
    watch: str = ""
    problem: str = ""
    waits: bool = False

    @property
    def unwell(self) -> tuple[str, ...]:
        """Parts that are down. One that is not there at all may not be needed."""
        needed = (*_NEEDED, _TRIGGERER) if self.waits else _NEEDED
        return tuple(
            part
            for part, status in self.health.items()
            if status != "healthy" and (status is not None or part in needed)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`airflow` is None where nobody asked, and `incidents` where no warehouse was asked or did not answer.

    `warehouse_problem`: why it did not.
    """

    read_at: datetime
    entries: Sequence[Entry]
    airflow: AirflowStanding | None = None
    incidents: tuple[Incident, ...] | None = None
    warehouse_problem: str = ""

    @property
    def wrong(self) -> tuple[Entry, ...]:
        """Tables that somebody has to look at."""
        return tuple(entry for entry in self.entries if entry.state.state in WRONG)

    @property
    def is_well(self) -> bool:
        airflow = self.airflow or AirflowStanding()
        return not (
            self.wrong
            or self.incidents
            or self.warehouse_problem
            or airflow.problem
            or airflow.unwell
            or airflow.import_errors
            or airflow.watch
        )
