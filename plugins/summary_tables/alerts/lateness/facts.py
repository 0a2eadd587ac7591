"""What lateness follows from: what the file of a table says, what was published, and what Airflow knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final, Self

from summary_tables.model.build import Build
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.full_name import OF_PROJECTS, full_name
from summary_tables.model.table import Schedule, SummaryTable
from summary_tables.text.moments import UTC_NAME

BY_HAND: Final = Schedule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a table is to be built, and when that is to be there: see the schema."""

    schedule: Schedule = BY_HAND
    timezone: str = UTC_NAME
    fresh_by: time | None = None
    fresh_within: timedelta | None = None

    @classmethod
    def of(cls, table: SummaryTable) -> Self:
        """That of a file which can be read."""
        return cls(
            schedule=table.schedule,
            timezone=table.timezone,
            fresh_by=table.fresh_by,
            fresh_within=table.fresh_within,
        )

    @property
    def is_promised(self) -> bool:
        """Somebody said when the table has to be there, and wants to hear it where it is not."""
        has_times = not self.schedule.is_by_hand
        return self.fresh_within is not None or (self.fresh_by is not None and has_times)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """What is known of one table.

    `rhythm` is None where its file cannot be read. `newest` is what was published last; None: nothing was. `dag` is
    None where Airflow was not asked or knows none. `failed_at`: when the run was due that failed after that, if one
    did. `known_since`: before that, nobody could have built it; None: nobody knows. `is_asked`: its warehouse
    has answered. `is_broken`: its file cannot be used now, and `rhythm` is what it said before.
    """

    rhythm: Rhythm | None = None
    newest: Build | None = None
    dag: DagFacts | None = None
    failed_at: datetime | None = None
    known_since: datetime | None = None
    is_asked: bool = True
    is_broken: bool = False

    @property
    def published_at(self) -> datetime | None:
        return self.newest.published_at or self.newest.started_at if self.newest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """From `start` to `end` Airflow started nothing."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that is known `now`. `tables` are by full name; one that is not among them is none of ours.

    `projects`: the dbt project of each model that one of the folder builds, as far as they are known.
    """

    tables: Mapping[str, TableFacts]
    now: datetime
    outage: Outage | None = None
    projects: Mapping[str, str] = field(default_factory=dict)

    def builder(self, name: str) -> str:
        """Who builds what is none of our tables, and how that went last, in words."""
        project = self.projects.get(name)
        if project is None:
            return "others publish it"
        own = self.tables.get(full_name(OF_PROJECTS, project))
        failed = own is not None and own.failed_at is not None
        return f"the run of the dbt project {project} failed" if failed else f"the dbt project {project} builds it"
