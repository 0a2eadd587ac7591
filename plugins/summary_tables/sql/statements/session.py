"""What the transactions of a session begin with, and what ends them."""

from collections.abc import Sequence
from typing import ClassVar, Final, Protocol

from summary_tables.model.table import Limits

UTC: Final = "UTC"
"""The zone of all that is not done for one table."""


class SessionStatements(Protocol):
    """Nothing is set for longer than a transaction."""

    BEGIN: ClassVar[str]
    BEGIN_READ_ONLY: ClassVar[str]
    OUR_NAMES: ClassVar[str]
    """Names without a schema mean the warehouse's own, and nothing that a person could have made."""
    PERSONS_NAMES: ClassVar[str]
    """Names mean what they mean to a person who uses the role, as when the connection began."""
    FORGET_STATEMENTS: ClassVar[str]
    """A query may leave statements in the session, under names that others use."""

    def settings(self, zone: str = UTC) -> tuple[str, ...]:
        """What a transaction begins with: all that decides what SQL and values mean, whatever role and server say."""

    def in_zone(self, zone: str) -> str:
        """From here to the end of the transaction, what is said without a zone is in `zone`."""

    def own_settings(self) -> str:
        """One row: our role; its longest time for a statement in milliseconds; can the server look after its clients?

        0: no limit.
        """

    def limits(self, limits: Limits, own_timeout: float, looks_after_clients: bool) -> tuple[str, ...]:
        """What a transaction is held to; and a query ends when the task that runs it is killed.

        The two others are what `own_settings` gave.
        """

    def question_limits(self) -> tuple[str, ...]:
        """What a transaction is held to that only asks what there is."""

    def reset_session(self) -> tuple[str, ...]:
        """Undo whatever a query did to the session, e.g. by `set_config('role', ...)`."""

    def session_user(self) -> str:
        """Who logged in; `current_role` may be a role that this user took."""

    def known_zones(self, zones: Sequence[str]) -> tuple[str, ...]:
        """Those of `zones` that the server knows."""

    def now(self) -> str:
        """The warehouse's clock: times of several workers are comparable."""
