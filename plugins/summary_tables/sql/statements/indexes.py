"""The indexes and the layout of a version that stands."""

from typing import Protocol


class IndexStatements(Protocol):
    """The indexes and the layout of a version that stands."""

    def indexes(self, schema: str, name: str) -> str:
        """Name, columns as a JSON list, whether it is unique, its method, whether we made it; only of plain columns."""

    def mark_index(self, schema: str, index: str) -> str:
        """Remember that a run made it."""

    def drop_index(self, schema: str, index: str) -> str:
        """Readers of the version hold it up."""

    def fillfactor(self, schema: str, name: str) -> str:
        """How full the pages of a version are made, in percent; NULL: as the server does by itself."""

    def set_fillfactor(self, schema: str, name: str, percent: int) -> str:
        """For the pages that are written from now on. Nobody waits."""
