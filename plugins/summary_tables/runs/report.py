"""What every message about a run says, whatever became of the run."""

from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.failure import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRun:
    """The run that follows, due at `due` (UTC); if `is_late` that has passed, and it starts as soon as it may."""

    due: datetime
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """One run of one table; times are UTC.

    `try_number` and `tries` ("try 2 of 3") are 0 when more than one step is told of or Airflow did not say.
    `log_url` leads to the log of the step or, if `log_is_run`, to the page of the run.
    """

    table: str
    dag_id: str
    run_id: str
    owner: str = ""
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
