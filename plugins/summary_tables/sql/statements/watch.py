"""What the watch asks of all tables at once, and keeps of their files."""

from collections.abc import Sequence
from typing import Protocol

from summary_tables.model.watched_file import WatchedFile


class WatchStatements(Protocol):
    """What the watch asks of all tables at once, and keeps of their files."""

    def last_publications(self) -> str:
        """Of every table the build that was published last: schema, name, run id, when it was due, began and was
        published, its strategy, how many rows it has."""

    def watched_files(self) -> str:
        """All files: the columns of the log, in its order."""

    def forget_files(self, names: Sequence[str]) -> str:
        """Delete the rows of these files."""

    def log_files(self, files: Sequence[WatchedFile]) -> str:
        """A row for each of the files, of which there is none."""
