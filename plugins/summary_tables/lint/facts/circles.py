"""Tables that wait for each other in a circle, through dbt projects, too."""

from collections.abc import Callable, Mapping, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.builders import Builder, builder_of

FIX = "take one of them out of an `after`"
_MOST_NAMES = 10


def way_back(
    starts: Sequence[str],
    folder: ConfigFolder,
    is_end: Callable[[str], bool],
    passes: Callable[[str, Builder], bool] = lambda _name, _builder: True,
) -> tuple[str, ...]:
    """The shortest way from one of `starts` to a table that `is_end`, both included; empty where there is none.

    It goes on behind a table only where it `passes`.
    """
    came_from: dict[str, str | None] = dict.fromkeys(starts)
    waiting = list(came_from)
    for name in waiting:
        if is_end(name):
            return _steps(name, came_from)
        builder = builder_of(name, folder)
        if builder and passes(name, builder):
            found = [other for other in builder.schedule.tables if other not in came_from]
            came_from |= dict.fromkeys(found, name)
            waiting += dict.fromkeys(found)
    return ()


def is_asked(builder: Builder, folder: ConfigFolder) -> bool:
    """Somebody wants to hear of its file."""
    return folder.asked is None or builder.path in folder.asked


def circle_words(circle: Sequence[str], folder: ConfigFolder) -> str:
    """What comes of it, and the way: `none of these tables would ever start: a waits for b waits for a`."""
    return f"{_outcome(circle, folder)}: {_in_words(circle)}"


def _steps(last: str, came_from: Mapping[str, str | None]) -> tuple[str, ...]:
    steps = [last]
    while before := came_from[steps[-1]]:
        steps.append(before)
    return tuple(reversed(steps))


def _outcome(circle: Sequence[str], folder: ConfigFolder) -> str:
    schedules = [builder.schedule for name in circle if (builder := builder_of(name, folder))]
    if any(schedule.cron for schedule in schedules):
        return "the runs of these tables would wait for each other in vain"
    if any(schedule.any_of and len(schedule.after) > 1 for schedule in schedules):
        return "these tables would start each other again and again"
    return "none of these tables would ever start"


def _in_words(circle: Sequence[str]) -> str:
    """`a waits for b waits for a`; of a long circle its two ends."""
    number = len(circle) - 1
    if number <= _MOST_NAMES:
        return " waits for ".join(circle)
    half = _MOST_NAMES // 2
    return f"{' waits for '.join((*circle[:half], '...', *circle[-half:]))} ({number:,} tables in all)"
