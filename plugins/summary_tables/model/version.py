"""A version of a table that stands in the warehouse, and what has become of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from summary_tables.model.build import Build, MissingRuns, RollBack
from summary_tables.text.moments import due_text

VersionState = Literal["live", "published", "rolled back", "not published", "before", "added"]
"""`rolled back`: readers were sent back from it, or past it. `before`: the plain table that stood there once.

`added`: what one run added to another version; it is dropped soon and never shown by itself.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRuns:
    """The runs that added their rows to a version, and when the last of them was due."""

    runs: int
    last_due: datetime

    def words(self, zone: str) -> str:
        """E.g. `12 runs added since (the last due 2026-11-21 03:00 UTC)`."""
        if self.runs == 1:
            return f"1 run added since (due {due_text(zone, self.last_due)})"
        return f"{self.runs:,} runs added since (the last due {due_text(zone, self.last_due)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version that stands; `roll_back` is the one that made it live or that readers were sent back from it by.

    `added`: what has come into it since it was built, if anything. `missing`: what the live one lacks by a roll-back.
    `holes`: the times between increments in the live one that none of them covers.
    """

    build: Build
    built_at: datetime
    state: VersionState
    roll_back: RollBack | None = None
    added: AddedRuns | None = None
    missing: MissingRuns | None = None
    holes: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def can_be_shown(self) -> bool:
        """Readers have seen it once, as a whole."""
        return self.state not in ("not published", "added")

    @property
    def grows(self) -> bool:
        """Runs have added their rows to it, or it is what one of them adds."""
        return self.added is not None or not self.build.is_whole
