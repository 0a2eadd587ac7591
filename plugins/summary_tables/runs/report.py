"""What every message about a run says, whatever became of the run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from summary_tables.model.failure import Failure
from summary_tables.model.notice import Bullets, Fact, Link, Notice, Piece
from summary_tables.text.moments import UTC_NAME, to_the_minute

OPEN_FILE: Final = "Open the file"
_LONGEST_COLUMN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRun:
    """The run that follows, due at `due` (UTC); if `is_late` that has passed, and it starts as soon as it may."""

    due: datetime
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """One run of one table; times are UTC, and are told in its `timezone`.

    `try_number` and `tries` ("try 2 of 3") are 0 when more than one step is told of or Airflow did not say.
    `log_url` leads to the log of the step or, if `log_is_run`, to the page of the run.
    """

    table: str
    dag_id: str
    run_id: str
    owner: str = ""
    timezone: str = UTC_NAME
    run_at: datetime | None = None
    try_number: int = 0
    tries: int = 0
    log_url: str = ""
    log_is_run: bool = False
    config_url: str = ""
    next_run: NextRun | None = None
    environment: str = ""

    @property
    def sign(self) -> str:
        """The emoji before the headline."""
        raise NotImplementedError

    @property
    def is_urgent(self) -> bool:
        """Somebody should look at once: a notifier may call people."""
        raise NotImplementedError

    @property
    def headline(self) -> str:
        """What became of the run, in a few words."""
        raise NotImplementedError

    @property
    def explanation(self) -> str:
        """Why, in one sentence."""
        raise NotImplementedError

    @property
    def live(self) -> str:
        """What readers see now."""
        raise NotImplementedError

    @property
    def first(self) -> Failure | None:
        """The step that `explanation` is about."""
        raise NotImplementedError

    @property
    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What else is to be said: titles, and one sentence for each step."""
        raise NotImplementedError

    def __str__(self) -> str:
        """The whole of it in one line of plain words."""
        raise NotImplementedError

    def notice(self) -> Notice:
        """The message about it."""
        first = self.first
        return Notice(
            sign=self.sign,
            headline=self.headline,
            words=str(self),
            explanation=self.explanation,
            since=first.failing_since if first else "",
            live=self.live,
            details=first.details if first else "",
            lists=tuple(Bullets(title=title, lines=lines) for title, lines in self.lists if lines),
            facts=tuple(self._facts()),
            query=first.sql if first else "",
            links=tuple(self._links()),
            context=tuple(self._context()),
            is_urgent=self.is_urgent,
        )

    def _facts(self) -> Iterator[Fact]:
        if self.first:
            # Of what dbt does, the headline says it.
            if self.first.check or self.first.step not in ("model", "dbt"):
                yield _what(self.first)
            if self.first.place:
                yield _fact("In", Piece(text=self.first.place, is_code=True))
        if self.owner.strip():
            yield _fact("Owner", Piece(text=self.owner))
        when = to_the_minute(self.timezone, self.run_at) if self.run_at else self.run_id
        tried = f"{when}, try {self.try_number} of {self.tries}" if self.try_number else when
        yield _fact("Run", Piece(text=tried))

    def _links(self) -> Iterator[Link]:
        yield Link(url=self.log_url, label="Open the run" if self.log_is_run else "Open the log")
        yield Link(url=self.config_url, label="Open the line in the file" if "#L" in self.config_url else OPEN_FILE)

    def _context(self) -> Iterator[str]:
        yield f"DAG {self.dag_id}"
        yield f"run {self.run_id}"
        if self.environment.strip():
            yield self.environment
        if self.next_run:
            late = ", at once" if self.next_run.is_late else ""
            yield f"next run {to_the_minute(self.timezone, self.next_run.due)}{late}"


def _fact(name: str, *pieces: Piece) -> Fact:
    return Fact(name=name, pieces=pieces)


def _what(failure: Failure) -> Fact:
    if not failure.check:
        return _fact("Step", Piece(text=failure.step, is_code=True))
    return _fact("Check", Piece(text=failure.check), *_place(failure))


def _place(failure: Failure) -> tuple[Piece, ...]:
    """Where the file has the check."""
    if failure.column:
        column = failure.column.strip()
        shown = column if len(column) <= _LONGEST_COLUMN else f"{column[:_LONGEST_COLUMN]}…"
        return (Piece(text=f" (below the column {shown})"),)
    if failure.check_index is None:
        return ()
    number = Piece(text=f" (no. {failure.check_index + 1} of ")
    return (number, Piece(text=failure.step, is_code=True), Piece(text=")"))
