"""What the transactions of a session begin with, and what ends them, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.model.table import Limits
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.statements.session import UTC


@dataclass(frozen=True, slots=True)
class PostgresSession:
    """PostgreSQL."""

    schema: VersionsSchema

    BEGIN: ClassVar[str] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
    BEGIN_READ_ONLY: ClassVar[str] = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"
    OUR_NAMES: ClassVar[str] = "SET LOCAL search_path = pg_catalog, pg_temp"
    PERSONS_NAMES: ClassVar[str] = "SET LOCAL search_path TO DEFAULT"
    FORGET_STATEMENTS: ClassVar[str] = "DEALLOCATE ALL"

    # Temporary tables come last: left out, they would come first, and a query may have made one called pg_class.
    # The values are PostgreSQL's own defaults. Of settings of the role or the server only those hold that are about
    # speed, space, rights and language. `application_name` is the name under which other sessions see ours.
    def settings(self, zone: str = UTC) -> tuple[str, ...]:
        return (
            self.OUR_NAMES,
            self.in_zone(zone),
            "SET LOCAL datestyle = 'ISO, MDY'",
            "SET LOCAL intervalstyle = 'postgres'",
            "SET LOCAL bytea_output = 'hex'",
            "SET LOCAL extra_float_digits = 1",
            "SET LOCAL xmloption = 'content'",
            "SET LOCAL standard_conforming_strings = on",
            "SET LOCAL transform_null_equals = off",
            "SET LOCAL quote_all_identifiers = off",
            "SET LOCAL application_name = 'summary_tables'",
        )

    def in_zone(self, zone: str) -> str:
        return f"SET LOCAL timezone = {self.schema.literal(zone)}"

    def own_settings(self) -> str:
        return (
            "SELECT current_user::text,\n"
            "    EXTRACT(EPOCH FROM pg_catalog.current_setting('statement_timeout')::interval) * 1000,\n"
            "    pg_catalog.current_setting('client_connection_check_interval', true) IS NOT NULL"
        )

    def limits(self, limits: Limits, own_timeout: float, looks_after_clients: bool) -> tuple[str, ...]:
        return (
            *(("SET LOCAL client_connection_check_interval = '2s'",) if looks_after_clients else ()),
            *self._limit_time(limits, own_timeout),
            *((f"SET LOCAL work_mem = '{limits.work_mem_mb}MB'",) if limits.work_mem_mb is not None else ()),
        )

    def question_limits(self) -> tuple[str, ...]:
        return ("SET LOCAL statement_timeout = '5s'", "SET LOCAL lock_timeout = '1s'")

    # A cursor WITH HOLD that a query left open would run when the transaction is committed, and that one may write.
    def reset_session(self) -> tuple[str, ...]:
        return (
            *("CLOSE ALL", "UNLISTEN *", "RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL"),
            "SELECT pg_catalog.pg_advisory_unlock_all()",
        )

    def session_user(self) -> str:
        return "SELECT session_user::text"

    def known_zones(self, zones: Sequence[str]) -> tuple[str, ...]:
        listed = ", ".join(map(self.schema.literal, zones))
        return (f"SELECT name::text FROM pg_catalog.pg_timezone_names WHERE name IN ({listed})",)

    def now(self) -> str:
        return f"SELECT {self.schema.now}"

    # A limit that only follows from the step's never replaces a shorter one of the role or the server.
    def _limit_time(self, limits: Limits, own_timeout: float) -> tuple[str, ...]:
        if limits.longest_minutes is None:
            return ()
        longest = milliseconds(limits.longest_minutes)
        if limits.statement_timeout_minutes is None and 1 <= own_timeout <= longest:
            return ()
        return (f"SET LOCAL statement_timeout = {longest}",)


def milliseconds(minutes: float) -> int:
    """At least one: to the server, 0 means for ever."""
    return max(1, round(minutes * 60_000))
