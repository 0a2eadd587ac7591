"""Tables do not wait for each other in a circle.

None of them would ever start, or all of them without end.

Each circle is said once, in the file of its first table by name; where lint was given only some files, in the first of
those.

PASS: `schedule: {after: [analytics.b]}` in `a.yaml` and `schedule: "0 3 * * *"` in `b.yaml`
FAIL: `schedule: {after: [analytics.b]}` in `a.yaml` and `schedule: {after: [analytics.a]}` in `b.yaml`
"""

from collections.abc import Iterator, Mapping, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

_MOST_NAMES = 10


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule = file.config.table.schedule
    if not _way_back(schedule.tables, file.full_name, folder):
        return
    for name, path in table_paths(schedule):
        if way := _way_back((name,), file.full_name, folder):
            yield Finding(
                place=file.place_of_setting(path),
                message=f"{_outcome((file.full_name, *way), folder)}: {_in_words((file.full_name, *way))}",
                fix="take one of them out of an `after`",
            )


RULE = Rule(check=check, level="error", stage="waiting", needs="folder")


def _way_back(starts: Sequence[str], first: str, folder: ConfigFolder) -> tuple[str, ...]:
    """The shortest way from one of `starts` to `first`, both included; empty where there is none.

    It does not pass a table before `first` by name of whose file somebody wants to hear: there the circle is said.
    """
    came_from: dict[str, str | None] = dict.fromkeys(starts)
    waiting = list(came_from)
    for name in waiting:
        if name == first:
            return _steps(name, came_from)
        file = folder.by_name.get(name)
        if file and (name > first or not _is_asked(file, folder)):
            found = [other for other in file.config.table.schedule.tables if other not in came_from]
            came_from |= dict.fromkeys(found, name)
            waiting += dict.fromkeys(found)
    return ()


def _is_asked(file: TableFile, folder: ConfigFolder) -> bool:
    return folder.asked is None or file.path in folder.asked


def _steps(last: str, came_from: Mapping[str, str | None]) -> tuple[str, ...]:
    steps = [last]
    while before := came_from[steps[-1]]:
        steps.append(before)
    return tuple(reversed(steps))


def _outcome(circle: Sequence[str], folder: ConfigFolder) -> str:
    schedules = [file.config.table.schedule for name in circle if (file := folder.by_name.get(name))]
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
