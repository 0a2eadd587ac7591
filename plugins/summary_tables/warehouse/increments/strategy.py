"""What a refresh strategy is: how the rows that a run gives come into a table that grows.

One module a strategy; `strategies` has them all. None of them imports a session, so that lint, `diff` and what Airflow
shows may ask them for words: what a strategy must know from the warehouse it asks `Asked`, which a session is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import run_moment
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.statements.increments import IncrementStatements
from summary_tables.sql.statements.statements import Statements
from summary_tables.text.english import counted
from summary_tables.warehouse.increments.overlap import NO_SHARED_TIME, SharedTime


class Asked(Protocol):
    """Who is asked about the warehouse. `shows_values`: words may hold values of rows."""

    sql: Statements
    shows_values: bool

    def rows(self, statement: str, /) -> list[tuple[Any, ...]]:
        """What a statement of ours returns. Raises `WarehouseError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """The rows of a run, built or still to be built, and what they are added to.

    `version` has the rows, where that matters; `types` are their columns, with the full types. `base` is what they are
    added to, None where that is a plain table still. `shared` are the increments in it that share time with the run.
    `has_runs`: the rows in it tell from which run they came. `samples`: words may show a few wrong values of the rows.
    """

    table: SummaryTable
    run: Build | BuildRun
    version: str = ""
    types: Mapping[str, str]
    base: Build | None = None
    shared: SharedTime = NO_SHARED_TIME
    has_runs: bool = False
    samples: bool = False

    @property
    def refresh(self) -> Refresh:
        """What the file says about the strategy."""
        return self.table.refresh

    @property
    def moment(self) -> datetime:
        """What tells the rows of this run from those of others."""
        return run_moment(self.run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What adds the rows: a statement that takes away those that go, empty where none does, and one that inserts."""

    delete: str = ""
    insert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Which rows of a table are meant. `of_version`: it asks for what the version has, and not what readers see."""

    text: str
    of_version: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The WHERE of those rows that stay, and of those that come: empty for all of them, None for none."""

    stay: str = ""
    come: str | None = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`12 rows` that would be published to `target`, of `interval`; `gone` is how many go, where that is known."""

    rows: str
    target: str
    interval: str
    gone: int | None

    @property
    def went(self) -> str:
        """` (3 rows)`; empty where none go."""
        return f" ({counted(self.gone, 'row')})" if self.gone else ""


class Strategy(Protocol):
    """A way to add the rows of a run. Words are plain sentences, or their parts; empty where there is nothing to say.

    Whoever inherits from it need only say in what it differs.
    """

    NAME: ClassVar[str]
    """As the file, and the build log, have it."""
    NEEDS_INTERVAL: ClassVar[bool] = False
    """The data interval of a run says which rows it replaces."""
    DOUBLES: ClassVar[bool] = False
    """Rows that are there already, by another run or from before the table was ours, would be there twice."""
    SKIPPED: ClassVar[str] = "were there already"
    """What is said of rows of a run that were not added."""

    def in_words(self, refresh: Refresh, /) -> str:
        """What a run does with its rows: `each run adds its rows`."""
        ...

    def preview_words(self, refresh: Refresh, preview: Preview, /) -> str:
        """What follows "Publishing would"."""
        ...

    def columns(self, refresh: Refresh, /) -> Mapping[str, tuple[str, ...]]:
        """The columns of the query that the strategy works by, under the option of the file that names them."""
        ...

    def why_not_run(self, _run: BuildRun, /) -> str:
        """Why this run can add nothing, whatever its rows are."""
        return ""

    def why_not_rows(self, _asked: Asked, _addition: Addition, /) -> str:
        """Why the rows cannot be added, whatever the table has."""
        return ""

    def holds(self, newer: Build, older: Build, /) -> bool:
        """Has the increment `newer` all rows that `older` would add?"""
        return run_moment(newer) == run_moment(older)

    def collides(self, _newer: Build, _older: Build, /) -> bool:
        """Would `older` take away rows of `newer`, an increment or a whole build, that it cannot give again?"""
        return False

    def shared_time(
        self, _table: SummaryTable, _run: Build | BuildRun, _base: Build, _near: Sequence[Build], /
    ) -> SharedTime:
        """Which of the increments `near` the run's interval in `base` have rows that must not be added again."""
        return NO_SHARED_TIME

    def change(self, sql: IncrementStatements, addition: Addition, base: str, /) -> Change | str:
        """How the rows come into the version `base`, or why they cannot."""
        ...

    def replaced(self, _sql: IncrementStatements, _addition: Addition, /) -> Condition | None:
        """The rows that go; None: that does not depend on the row alone, or none do."""
        return None

    def whole(self, sql: IncrementStatements, addition: Addition, _old: str, _fresh: str, /) -> Whole:
        """What the table has afterwards: rows of the relation `_old` as `old`, and of `_fresh` as `new`."""
        gone = self.replaced(sql, addition)
        return Whole(stay=f"\nWHERE ({gone.text}) IS NOT TRUE" if gone else "")

    def lost(self, asked: Asked, table: SummaryTable, live: str, whole: str, /) -> str:
        """What `whole`, a build of the whole table, lacks of what readers see in `live`: what follows "this build"."""
        ...
