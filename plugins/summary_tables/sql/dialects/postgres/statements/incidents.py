"""The incident log and the message log, as SQL for PostgreSQL."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from summary_tables.model.incident import Incident, Message
from summary_tables.model.logs import INCIDENT_LOG, MESSAGE_LOG
from summary_tables.model.version_name import lock_key
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import timestamp

INCIDENT_COLUMNS: Final = (
    "incident_id, schema_name, table_name, kind, about, opened_at, opened_by, causes, reason,\n"
    "    failed_runs, last_run_id, seen_at, reminded_at, live_at, places, is_silent, closed_at, closed_by"
)
"""What `open_incidents` selects, in this order."""

MESSAGE_COLUMNS: Final = (
    "m.message_id, m.incident_id, m.schema_name, m.table_name, m.owner, m.kind, m.notifier, m.conn_id, m.channel,\n"
    "    m.mention, m.notice, m.recorded_at, m.not_before_at, m.tries"
)
"""What `claimed` selects, in this order; the thread of the first message behind them."""

OVER: Final = "It was over before this was told."


@dataclass(frozen=True, slots=True)
class PostgresIncidents:
    """PostgreSQL."""

    schema: VersionsSchema

    def lock_incidents(self, schema: str, table: str) -> str:
        return f"SELECT pg_catalog.pg_advisory_xact_lock({lock_key('incidents', schema, table)})"

    def open_incidents(self) -> str:
        return f"{self._incidents}\nWHERE closed_at IS NULL\nORDER BY opened_at, incident_id"

    def open_incidents_of(self, schema: str, table: str) -> str:
        return f"{self._incidents}\nWHERE {self.schema.is_of(schema, table)} AND closed_at IS NULL\nORDER BY opened_at"

    def recent_incidents(self, schema: str, table: str, most: int) -> str:
        return f"{self._incidents}\nWHERE {self.schema.is_of(schema, table)}\nORDER BY opened_at DESC\nLIMIT {most}"

    def open_incident(self, incident: Incident) -> str:
        told = {
            "incident_id": self._text(incident.incident_id),
            "schema_name": self._text(incident.schema),
            "table_name": self._text(incident.table),
            "kind": self._text(incident.kind),
            "about": self._text(incident.about),
            "opened_at": timestamp(incident.opened_at),
            "opened_by": self._text(incident.opened_by),
            "live_at": _optional(incident.live_at),
            **self._changing(incident),
        }
        return self.schema.insert(INCIDENT_LOG, told)

    def change_incident(self, incident: Incident) -> str:
        changes = ",\n    ".join(f"{name} = {value}" for name, value in self._changing(incident).items())
        return (
            f"UPDATE {self.schema.log(INCIDENT_LOG)}\nSET {changes}\n"
            f"WHERE incident_id = {self._text(incident.incident_id)}"
        )

    def log_message(self, message: Message) -> str:
        values = {
            "message_id": self._text(message.message_id),
            "incident_id": self._text(message.incident_id),
            "schema_name": self._text(message.schema),
            "table_name": self._text(message.table),
            "owner": self._text(message.owner),
            "kind": self._text(message.kind),
            "notifier": self._text(message.place.notifier),
            "conn_id": self._text(message.place.conn_id),
            "channel": self._text(message.place.channel),
            "mention": self._text(message.place.mention),
            "notice": self._text(_document(asdict(message.notice))),
            "recorded_at": self._next_in_line(message),
            "not_before_at": timestamp(message.not_before or message.recorded_at),
            "tries": "0",
            "thread": self._text(message.thread),
            "told_at": _optional(message.told_at),
            "done_at": _optional(message.told_at),
        }
        return self.schema.insert(MESSAGE_LOG, values)

    def claim(self, token: str, now: datetime, expired: datetime, most: int) -> tuple[str, ...]:
        log = self.schema.log(MESSAGE_LOG)
        # Locked rows are somebody's who claims them at this moment. An array: the rows are looked for once.
        due = (
            f"    SELECT m.message_id FROM {log} m\n    WHERE {self._is_due(now, expired)}\n"
            f"    ORDER BY m.recorded_at, m.message_id\n    LIMIT {most}\n    FOR UPDATE SKIP LOCKED"
        )
        over = self._give_up_what_is_over(now, expired)
        return (
            over,
            f"{self._claiming(token, now)}\nWHERE message_id = ANY (ARRAY(\n{due}\n))",
        )

    def claimed(self, token: str) -> str:
        log = self.schema.log(MESSAGE_LOG)
        # An incident has one first message a place.
        first = (
            f"    SELECT MAX(f.thread) FROM {log} f\n"
            f"    WHERE f.incident_id = m.incident_id AND f.incident_id <> '' AND f.kind = 'first'\n"
            "    AND f.notifier = m.notifier AND f.conn_id = m.conn_id AND f.channel = m.channel"
        )
        return (
            f"SELECT {MESSAGE_COLUMNS}, (\n{first}\n)\nFROM {log} m\n"
            f"WHERE m.claimed_by = {self.schema.literal(token)} AND m.done_at IS NULL\n"
            "ORDER BY m.recorded_at, m.message_id"
        )

    def mark_told(self, message_id: str, token: str, thread: str, now: datetime) -> str:
        told = f"told_at = {timestamp(now)}, done_at = {timestamp(now)}, problem = ''"
        return self._mark(message_id, token, f"{told}, thread = {self.schema.literal(thread)}")

    def mark_problem(self, message_id: str, token: str, problem: str, not_before: datetime) -> str:
        again = f"claimed_at = NULL, claimed_by = NULL, not_before_at = {timestamp(not_before)}"
        return self._mark(message_id, token, f"problem = {self._text(problem)}, {again}")

    def mark_given_up(self, message_id: str, token: str, problem: str, now: datetime) -> str:
        return self._mark(message_id, token, f"problem = {self._text(problem)}, done_at = {timestamp(now)}")

    def release(self, token: str) -> str:
        return (
            f"UPDATE {self.schema.log(MESSAGE_LOG)}\nSET claimed_at = NULL, claimed_by = NULL, tries = tries - 1\n"
            f"WHERE claimed_by = {self.schema.literal(token)} AND done_at IS NULL"
        )

    def untold(self) -> str:
        return (
            f"SELECT conn_id, COUNT(*), MAX(problem)\nFROM {self.schema.log(MESSAGE_LOG)}\n"
            "WHERE done_at IS NULL AND problem <> ''\nGROUP BY conn_id\nORDER BY conn_id"
        )

    def prune_incidents(self, schema: str, table: str, age: timedelta) -> str:
        return self._prune(f"{self.schema.log(INCIDENT_LOG)}\nWHERE {self.schema.is_of(schema, table)}", "closed", age)

    def prune_messages(self, schema: str, table: str, age: timedelta) -> str:
        return self._prune(f"{self.schema.log(MESSAGE_LOG)}\nWHERE {self.schema.is_of(schema, table)}", "done", age)

    def _prune(self, rows: str, ended: str, age: timedelta) -> str:
        return f"DELETE FROM {rows} AND {ended}_at < {self.schema.now} - INTERVAL '{age.days} days'"

    @property
    def _incidents(self) -> str:
        return f"SELECT {INCIDENT_COLUMNS}\nFROM {self.schema.log(INCIDENT_LOG)}"

    def _changing(self, incident: Incident) -> dict[str, str]:
        return {
            "causes": self._text(_document(incident.causes)),
            "reason": self._text(incident.reason),
            "failed_runs": str(incident.failed_runs),
            "last_run_id": self._text(incident.last_run_id),
            "seen_at": timestamp(incident.seen_at),
            "reminded_at": _optional(incident.reminded_at),
            "places": self._text(_document([asdict(place) for place in incident.places])),
            "is_silent": str(incident.is_silent).upper(),
            "closed_at": _optional(incident.closed_at),
            "closed_by": self._text(incident.closed_by),
        }

    def _text(self, text: str) -> str:
        """What people and databases wrote may hold what no text of the warehouse may."""
        return self.schema.literal(text.encode(errors="replace").decode().replace("\0", "\ufffd"))

    def _next_in_line(self, message: Message) -> str:
        """When it was recorded; just behind the last one about the table where clocks differ."""
        recorded = replace(self.schema, now=timestamp(message.recorded_at))
        return recorded.next_moment(MESSAGE_LOG, message.schema, message.table, "recorded_at")

    def _claiming(self, token: str, now: datetime) -> str:
        mine = f"claimed_by = {self.schema.literal(token)}, claimed_at = {timestamp(now)}, tries = tries + 1"
        return f"UPDATE {self.schema.log(MESSAGE_LOG)}\nSET {mine}"

    def _give_up_what_is_over(self, now: datetime, expired: datetime) -> str:
        over = f"SELECT incident_id FROM {self.schema.log(INCIDENT_LOG)} WHERE closed_at IS NOT NULL"
        return (
            f"UPDATE {self.schema.log(MESSAGE_LOG)}\n"
            f"SET done_at = {timestamp(now)}, problem = {self.schema.literal(OVER)}\n"
            f"WHERE done_at IS NULL AND kind <> 'recovery' AND incident_id IN ({over})\n"
            f"    AND (claimed_at IS NULL OR claimed_at < {timestamp(expired)})"
        )

    def _is_due(self, now: datetime, expired: datetime) -> str:
        """The condition on a row `m`: open, due, in nobody's hands, and the first of its incident at its place."""
        earlier = (
            f"        SELECT 1 FROM {self.schema.log(MESSAGE_LOG)} e\n"
            "        WHERE e.incident_id = m.incident_id AND e.incident_id <> '' AND e.done_at IS NULL\n"
            "        AND e.notifier = m.notifier AND e.conn_id = m.conn_id AND e.channel = m.channel\n"
            "        AND (e.recorded_at < m.recorded_at\n"
            "            OR e.recorded_at = m.recorded_at AND e.message_id < m.message_id)"
        )
        return (
            f"m.done_at IS NULL AND m.not_before_at <= {timestamp(now)}\n"
            f"    AND (m.claimed_at IS NULL OR m.claimed_at < {timestamp(expired)})\n"
            f"    AND NOT EXISTS (\n{earlier}\n    )"
        )

    def _mark(self, message_id: str, token: str, changes: str) -> str:
        """Only of one's own: a claim that took too long is somebody else's by then."""
        return (
            f"UPDATE {self.schema.log(MESSAGE_LOG)}\nSET {changes}\n"
            f"WHERE message_id = {self.schema.literal(message_id)} AND claimed_by = {self.schema.literal(token)}"
        )


def _optional(moment: datetime | None) -> str:
    return "NULL" if moment is None else timestamp(moment)


def _document(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
