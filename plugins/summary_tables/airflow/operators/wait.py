"""The step in which a run waits for what others fill or publish, as an Airflow operator."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

from airflow.configuration import conf
from airflow.sdk import Context
from airflow.sdk.execution_time.context import InletEventsAccessor
from airflow.sdk.timezone import coerce_datetime

from summary_tables.airflow.assets import normal_uri
from summary_tables.airflow.operators.step import StepError, StepOperator
from summary_tables.model.asset_name import asset_name
from summary_tables.model.failure import WAIT
from summary_tables.model.parents import AssetParent, Parent, SourceParent
from summary_tables.runs.dates import RunDates
from summary_tables.runs.run import attempted
from summary_tables.runs.waiting import (
    Awaited,
    Publication,
    limit_words,
    may_go_on,
    missing_words,
    publication,
    since,
    there_words,
)
from summary_tables.text.wrapped import wrapped
from summary_tables.warehouse.newest_row import newest_row

_POLL_SECONDS: Final = 60.0
# Sooner, Airflow may not have heard yet that the process of the task ended, and fails the task that is woken.
_LEAST_POLL_SECONDS: Final = 5.0
_MOST_EVENTS = 1000


def is_by_hand(context: Context) -> bool:
    """Somebody started the run, who wants it now."""
    return context["dag_run"].run_type == "manual"


def poll_seconds() -> float:
    """How often a table is looked at, and Airflow asked of what was published."""
    return max(conf.getfloat("summary_tables", "poll_seconds", fallback=_POLL_SECONDS), _LEAST_POLL_SECONDS)


class WaitOperator(StepOperator):
    """Ends when what the run waits for is there. Between two looks Airflow's triggerer has it, and no worker."""

    step = WAIT
    template_fields = ()
    template_fields_renderers: ClassVar[dict[str, str]] = {}
    _until: datetime | None = None

    def _query(self, _context: Context) -> str:
        return ""

    def look_again(self, context: Context, event: Mapping[str, str]) -> object:
        """Airflow calls this when the triggerer has woken the task. When it gives up stays as it was."""
        self._until = datetime.fromisoformat(event["until"])
        return self.execute(context)

    def _run(self, context: Context) -> None:
        if is_by_hand(context):
            self.log.info("%s", wrapped("Nothing is waited for: somebody started this run by hand."))
            return
        table = self.config.table
        found = list(self._looked_at(context))
        if may_go_on(table.schedule, found):
            self.log.info("%s", wrapped(there_words(table.timezone, found)))
            return
        hours = timedelta(hours=table.schedule.wait_hours)
        until = self._until or datetime.now(UTC) + hours
        if datetime.now(UTC) >= until:
            words = limit_words(table.schedule, table.timezone, found)
            raise StepError(self._failure(error=words), retry=False)
        self.log.info("%s", wrapped(f"Waiting. {missing_words(table.timezone, found)}"))
        self._sleep(found, until)

    def _looked_at(self, context: Context) -> Iterator[Awaited]:
        """The dates are those of the schedule, also where the run is asked to build more."""
        run = context["dag_run"]
        due = coerce_datetime(run.data_interval_end or run.run_after)
        dates = RunDates(start=coerce_datetime(run.data_interval_start), due=due)
        for parent in self.config.table.schedule.awaited:
            bar = since(parent, dates)
            found = self._newest(parent) if isinstance(parent, SourceParent) else _published(parent, bar)
            yield Awaited(parent=parent, since=bar, found=found)

    def _newest(self, source: SourceParent) -> Any:
        with self._warehouse.session(self.config.table.limits, shows_values=False) as session:
            return self._done(attempted(lambda: newest_row(session, source.table, source.column)))

    def _sleep(self, found: list[Awaited], until: datetime) -> None:
        # Imported here because no other task has a use for it.
        from summary_tables.airflow.operators.wait_trigger import WaitTrigger

        missing = [each for each in found if not each.is_there]
        trigger = WaitTrigger(
            conn_id=self.config.table.conn_id,
            dialect=self.config.settings.warehouse.dialect,
            sources=[
                {"table": each.parent.table, "column": each.parent.column, "since": each.since.isoformat()}
                for each in missing
                if isinstance(each.parent, SourceParent)
            ],
            any_of=self.config.table.schedule.any_of,
            until=until.isoformat(),
            poll_seconds=poll_seconds(),
            task_seconds=poll_seconds() if any(not isinstance(each.parent, SourceParent) for each in missing) else 0,
        )
        self._warehouse.close()
        self.defer(trigger=trigger, method_name="look_again")


def _published(parent: Parent, bar: datetime) -> Publication | None:
    """The publication that counts, or the last one that does not."""
    after = _events(parent).after(bar.isoformat()).ascending(False).limit(_MOST_EVENTS)
    events = list(after) or list(_events(parent).ascending(False).limit(1))
    found = [publication(event.extra or {}, event.timestamp) for event in events]
    return max(found, key=lambda each: each.due, default=None)


def _events(parent: Parent) -> InletEventsAccessor:
    if isinstance(parent, AssetParent) and parent.is_uri:
        return InletEventsAccessor(asset_uri=normal_uri(parent.asset))
    return InletEventsAccessor(asset_name=parent.asset if isinstance(parent, AssetParent) else asset_name(str(parent)))
