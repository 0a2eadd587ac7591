"""What a table may wait for besides other summary tables."""

from dataclasses import dataclass
from typing import Final

_URI_SIGN: Final = "://"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetParent:
    """An Airflow asset that a DAG publishes which is none of ours, by its name or its URI."""

    asset: str

    @property
    def is_uri(self) -> bool:
        """`asset` is a URI, and not a name."""
        return _URI_SIGN in self.asset

    @property
    def name(self) -> str:
        """What people call it."""
        return self.asset


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceParent:
    """A table that others fill, `schema.table`. It is there when its newest row came late enough.

    `column` says when a row came. The newest may have come at most `within_hours` before the time of the run.
    """

    table: str
    column: str
    within_hours: float

    @property
    def name(self) -> str:
        """What people call it."""
        return self.table


Parent = str | AssetParent | SourceParent
"""What a table waits for: another summary table, by its full name, or one of the two above."""


def parent_name(parent: Parent) -> str:
    """What people call it."""
    return parent if isinstance(parent, str) else parent.name
