"""How many runs a table's `start` means: one for each interval of its schedule since then."""

from datetime import datetime, timedelta

from summary_tables.configs.schedule import cron
from summary_tables.text.moments import UTC_NAME

_SAMPLE = 60


def runs_since(start: datetime, text: str, now: datetime, zone: str = UTC_NAME) -> int:
    """The runs of schedule `text` in `zone` that are due by `now`. Raises `CronError`.

    Of more than some sixty it is told by the pace of the first ones.
    """
    first = cron.next_runs(text, start - timedelta(seconds=1), _SAMPLE, zone)
    if first[-1] > now:
        return max(sum(moment <= now for moment in first) - 1, 0)
    return int((now - first[0]) / ((first[-1] - first[0]) / (_SAMPLE - 1)))


def rounded_down(runs: int, digits: int) -> int:
    """Its first digits and zeros: 2,888 to two digits is 2,800."""
    unit: int = 10 ** max(len(str(runs)) - digits, 0)
    return runs // unit * unit


def at_a_minute_each(runs: int) -> str:
    """How long runs take one after the other, rounded down, e.g. "4 days"."""
    days, hours = runs // (24 * 60), runs // 60
    if days:
        return f"{days:,} days" if days > 1 else "a day"
    if hours:
        return f"{hours} hours" if hours > 1 else "an hour"
    return f"{runs} minutes" if runs > 1 else "a minute"
