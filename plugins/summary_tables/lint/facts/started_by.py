"""With whose runs those of a table begin, and whether these come as often as somebody waits for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.lint.facts.builders import Builder, builder_of

_TIMES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A table, or a model of a dbt project, whose runs begin by themselves or by hand."""

    full_name: str
    builder: Builder

    @property
    def cron(self) -> str:
        """Empty where somebody starts it."""
        return self.builder.schedule.cron

    @property
    def timezone(self) -> str:
        return self.builder.timezone


def started_by(name: str, folder: ConfigFolder) -> Iterator[Start]:
    """The table `name` itself, or all tables for which it waits where that starts it. One of `any` may do without."""
    waiting, seen = [name], {name}
    while waiting:
        each = waiting.pop()
        builder = builder_of(each, folder)
        if builder is None:
            continue
        schedule = builder.schedule
        if schedule.cron or schedule.is_by_hand:
            yield Start(full_name=each, builder=builder)
        elif not schedule.any_of:
            waiting += [parent for parent in schedule.tables if parent not in seen]
            seen.update(schedule.tables)


def is_seldomer(other: Start, text: str, zone: str) -> bool:
    """Whether no run of `other` begins between some two times of the schedule `text`: all, where it starts by hand."""
    if cron_mistake.mistake(text) or cron_mistake.mistake(other.cron or "@daily"):
        return False
    return not other.cron or _lacks(text, zone, other.cron, other.timezone)


@lru_cache(maxsize=4096)
def _lacks(text: str, zone: str, other: str, other_zone: str) -> bool:
    times = cron.next_runs(text, cron.ANY_MOMENT, _TIMES, zone)
    return any(cron.next_runs(other, start, 1, other_zone)[0] > end for start, end in pairwise(times))
