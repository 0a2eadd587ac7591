"""With whose runs those of a table begin, and whether these come as often as somebody waits for them."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.table_file import TableFile
from summary_tables.model.table import SummaryTable

_TIMES = 60


def started_by(name: str, folder: ConfigFolder) -> Iterator[TableFile]:
    """The table `name` itself, or all tables for which it waits where that starts it. One of `any` may do without."""
    waiting, seen = [name], {name}
    while waiting:
        other = folder.by_name.get(waiting.pop())
        if other is None:
            continue
        schedule = other.config.table.schedule
        if schedule.cron or schedule.is_by_hand:
            yield other
        elif not schedule.any_of:
            waiting += [parent for parent in schedule.tables if parent not in seen]
            seen.update(schedule.tables)


def is_seldomer(other: SummaryTable, text: str, zone: str) -> bool:
    """Whether no run of `other` begins between some two times of the schedule `text`: all, where it starts by hand."""
    if cron_mistake.mistake(text) or cron_mistake.mistake(other.schedule.cron or "@daily"):
        return False
    return not other.schedule.cron or _lacks(text, zone, other.schedule.cron, other.timezone)


@lru_cache(maxsize=4096)
def _lacks(text: str, zone: str, other: str, other_zone: str) -> bool:
    times = cron.next_runs(text, cron.ANY_MOMENT, _TIMES, zone)
    return any(cron.next_runs(other, start, 1, other_zone)[0] > end for start, end in pairwise(times))
