"""The incident log and the message log: what is wrong with tables, and who is told of it."""

from datetime import datetime, timedelta
from typing import Protocol

from summary_tables.model.incident import Incident, Message


class IncidentStatements(Protocol):
    """The incident log and the message log: what is wrong with tables, and who is told of it."""

    def lock_incidents(self, schema: str, table: str) -> str:
        """Until the end of the transaction, one session at a time says what is wrong with a table."""

    def open_incidents(self) -> str:
        """The rows of all that is open, as `INCIDENT_COLUMNS`."""

    def open_incidents_of(self, schema: str, table: str) -> str:
        """The same of one table."""

    def recent_incidents(self, schema: str, table: str, most: int) -> str:
        """The last incidents of a table, the newest first."""

    def open_incident(self, incident: Incident) -> str:
        """The row of an incident."""

    def change_incident(self, incident: Incident) -> str:
        """What has changed of it."""

    def log_message(self, message: Message) -> str:
        """The row of a message; it is recorded later than all that the log knows of the table."""

    def claim(self, token: str, now: datetime, expired: datetime, most: int) -> tuple[str, ...]:
        """Take at most `most` messages that are due, for `token`. Inside a transaction.

        What nobody tells of an incident that is over, but that it is over, never will be told. Of an incident only the
        first that has not been told at a place, so that they keep their order, whoever tells them. What was claimed
        before `expired` and not told is due again.
        """

    def claimed(self, token: str) -> str:
        """The messages that `token` has, in the order in which they were recorded, as `MESSAGE_COLUMNS`."""

    def mark_told(self, message_id: str, token: str, thread: str, now: datetime) -> str:
        """It was told."""

    def mark_problem(self, message_id: str, token: str, problem: str, not_before: datetime) -> str:
        """It was not told; it is due again at `not_before`."""

    def mark_given_up(self, message_id: str, token: str, problem: str, now: datetime) -> str:
        """It was not told and never will be."""

    def release(self, token: str) -> str:
        """What `token` has not begun to tell may be taken by others at once."""

    def untold(self) -> str:
        """What could not be told and is tried again: connection, number, the last problem, one row a connection."""

    def prune_incidents(self, schema: str, table: str, age: timedelta) -> str:
        """Delete the incidents of a table that were over longer ago than `age`."""

    def prune_messages(self, schema: str, table: str, age: timedelta) -> str:
        """Delete the messages about a table that were done with longer ago than `age`."""
