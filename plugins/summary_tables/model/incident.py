"""What happens to a table that people are told of: events, the incident that they belong to, and its messages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from summary_tables.model.full_name import full_name
from summary_tables.model.notice import Notice

EventKind = Literal[
    "failed", "late", "published", "waiting", "arrived", "broken_file", "mended", "warned", "unchanged", "over"
]
"""What was seen. `unchanged`: somebody looked, and nothing has happened since; only a reminder may be due.
`over`: the table has no file any more, or nobody expects it any more: what is open is closed, and nothing is said.
`waiting`: other tables are late because of this one, `arrived`: they are there."""

IncidentKind = Literal["failed", "late", "waiting", "broken_file"]
"""The event that opened an incident."""

About = str
"""What is wrong. `build`: the table is not built, `file`: its file cannot be read, `waiting ...`: others wait for it,
of which a place hears. Each has one open incident at most, so that a table that fails and is late for it is one
conversation."""

MessageKind = Literal["first", "change", "reminder", "recovery", "warning", "digest"]
"""`first` opens a conversation. `change`: another cause than those told before. `digest`: several warnings in one."""

ABOUT: dict[EventKind, About] = {
    "failed": "build",
    "late": "build",
    "published": "build",
    "broken_file": "file",
    "mended": "file",
}

FAILED_CAUSE = "failed"
"""The cause of a `late` whose reason is that runs fail: no news where that was told. Each `failed` has it, too."""

FILES_TOGETHER = "together"
"""The table of what is told of several files that broke at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where messages go. `notifier` is the folder in `airflow.notifiers`, empty: that of the connection's type.

    `channel` is for connections that reach more than one. `mention` is put before the first message and reminders.
    """

    conn_id: str
    notifier: str = ""
    channel: str = ""
    mention: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Two with the same key are one place."""
        return (self.notifier, self.conn_id, self.channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlace:
    """A place that has the first message; see `Message.thread`."""

    place: Place
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to the table `schema`.`table` at `at`.

    `notice` is what people are told should it be news; of `published` and `mended` it may be left out, and is made from
    the incident then. `causes` tell one thing that is wrong from another, and stay the same as long as it does, e.g.
    `output_check.at_least_12`; `reason` is the first of them for people, one sentence. `run_id` is the Airflow run, if
    any.
    `about`: where the kind does not say it. `is_silent`: an incident is opened and closed, and nobody is told; a
    message about others says it.
    `told` are the places that were told already, when the warehouse could not be reached.
    `live_at`: when the build was due that readers see; None: nobody knows, and the build log is asked.
    Of `published`: when it was built, and how many rows it has.
    """

    kind: EventKind
    schema: str
    table: str
    at: datetime
    notice: Notice | None = None
    causes: tuple[str, ...] = ()
    reason: str = ""
    run_id: str = ""
    owner: str = ""
    about: About = ""
    is_silent: bool = False
    told: tuple[ToldPlace, ...] = ()
    live_at: datetime | None = None
    built_at: datetime | None = None
    rows: int | None = None

    @property
    def full_name(self) -> str:
        """`analytics.nps_summary`."""
        return full_name(self.schema, self.table)

    @property
    def concerns(self) -> About:
        """What it is about; empty: whatever is open."""
        return self.about or ABOUT.get(self.kind, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A row of `incident_log`. `causes` are those that were told; `failed_runs` counts runs, not tries.

    `live_at`: when the build was due that readers saw when it opened. `places`: where it is told.
    """

    incident_id: str
    schema: str
    table: str
    kind: IncidentKind
    about: About
    opened_at: datetime
    seen_at: datetime
    opened_by: str = ""
    causes: tuple[str, ...] = ()
    reason: str = ""
    failed_runs: int = 0
    last_run_id: str = ""
    reminded_at: datetime | None = None
    live_at: datetime | None = None
    places: tuple[Place, ...] = ()
    is_silent: bool = False
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def full_name(self) -> str:
        """`analytics.nps_summary`."""
        return full_name(self.schema, self.table)

    @property
    def is_of_files(self) -> bool:
        """Of several files that broke at once."""
        return self.kind == "broken_file" and (self.schema, self.table) == ("", FILES_TOGETHER)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A row of `message_log`: a message to one place.

    `incident_id` is empty for what belongs to none. `thread` is how the notifier finds the first message of the
    incident at this place again, empty where it cannot or where that was not told. `is_repeated`: it was claimed
    before, by somebody who did not say what became of it.
    """

    message_id: str
    kind: MessageKind
    schema: str
    table: str
    place: Place
    notice: Notice
    recorded_at: datetime
    incident_id: str = ""
    owner: str = ""
    not_before: datetime | None = None
    told_at: datetime | None = None
    thread: str = ""
    is_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A place took the message. `thread` is how it is found again, where it can be."""

    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """A place did not take it: `problem` says why, without any secret. `not_before`: the earliest next try.

    `is_final`: it never will, and is not tried again.
    """

    problem: str
    not_before: datetime | None = None
    is_final: bool = False


Answer = Told | NotTold
