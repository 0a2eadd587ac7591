"""A session: what its transactions begin with, and what is undone after the query of a person, as SQL for Redshift."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.model.table import Limits
from summary_tables.sql.dialects.postgres.statements.session import PostgresSession
from summary_tables.sql.statements.session import UTC


@dataclass(frozen=True, slots=True)
class RedshiftSession(PostgresSession):
    """Amazon Redshift."""

    BEGIN: ClassVar[str] = "BEGIN READ WRITE"
    BEGIN_READ_ONLY: ClassVar[str] = "BEGIN READ ONLY"

    def settings(self, zone: str = UTC) -> tuple[str, ...]:
        """It knows few of PostgreSQL's."""
        return (
            self.OUR_NAMES,
            self.in_zone(zone),
            "SET LOCAL datestyle = 'ISO, MDY'",
            "SET LOCAL application_name = 'summary_tables'",
        )

    def known_zones(self, zones: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs them
        """Only its leader node has a list of them."""
        return ()

    def own_settings(self) -> str:
        """There is no check of the client's line; the limits of its queues hold besides ours."""
        return "SELECT current_user::text, 0, FALSE"

    def limits(self, limits: Limits, own_timeout: float, looks_after_clients: bool) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """There is no work_mem."""
        return self._limit_time(limits, own_timeout)

    def question_limits(self) -> tuple[str, ...]:
        """There is no lock_timeout, and times have no units."""
        return ("SET LOCAL statement_timeout = 5000",)

    def reset_session(self) -> tuple[str, ...]:
        """Redshift's `set_config` sets search_path and a few more; a query cannot change the role."""
        return ("RESET ALL",)
