"""Who waits for whom."""

from typing import Protocol


class LockStatements(Protocol):
    """Who waits for whom."""

    def limit_lock_waits(self) -> tuple[str, ...]:
        """Give up soon: readers queue behind a waiting publisher."""

    def lock_table(self, schema: str, table: str) -> str:
        """Until the end of the transaction, one session at a time changes what readers see of a table."""

    def lock_setup(self) -> tuple[str, ...]:
        """One session at a time creates the schema of the versions and the logs."""

    def lock_holders(self, schema: str, table: str) -> tuple[str, ...]:
        """Who keeps a table locked: process id, role, start of the transaction (empty: it may not be seen)."""

    def old_snapshots(self, version: str) -> tuple[str, ...]:
        """Transactions that may be too old to see the rows of a version."""
