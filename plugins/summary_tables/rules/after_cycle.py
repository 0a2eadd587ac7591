"""Tables do not wait for each other in a circle: none of them would ever start.

Each circle is said once, in the file of its first table by name.

PASS: `schedule: {after: [analytics.b]}` in `a.yaml` and `schedule: "0 3 * * *"` in `b.yaml`
FAIL: `schedule: {after: [analytics.b]}` in `a.yaml` and `schedule: {after: [analytics.a]}` in `b.yaml`
"""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from summary_tables.config_folder import ConfigFolder
from summary_tables.problem import Level
from summary_tables.rules.rule import Finding
from summary_tables.table_file import TableFile

LEVEL: Level = "error"


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding]:
    if not _waits_for_itself(file.full_name, folder):
        return
    for cycle in _cycles({name: set(other.config.table.schedule.after) for name, other in folder.by_name.items()}):
        if cycle[0] == file.full_name:
            index = file.config.table.schedule.after.index(cycle[1 % len(cycle)])
            path = " waits for ".join((*cycle, cycle[0]))
            yield Finding(
                place=file.place_of_setting(("schedule", "after", index)),
                message=f"none of these tables would ever start: {path}",
                fix="take one of them out of an `after`",
            )


def _waits_for_itself(name: str, folder: ConfigFolder) -> bool:
    waiting, seen = [name], set[str]()
    while waiting:
        file = folder.by_name.get(waiting.pop())
        found = set(file.config.table.schedule.after) - seen if file else set()
        if name in found:
            return True
        seen |= found
        waiting += found
    return False


def _cycles(waits: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Circles that have to be broken, each beginning with its first table by name: each waits for the one behind it."""
    while cycle := _one_cycle(waits):
        yield cycle
        waits[cycle[0]].remove(cycle[1 % len(cycle)])


def _one_cycle(waits: Mapping[str, set[str]]) -> tuple[str, ...]:
    try:
        TopologicalSorter({name: sorted(waits[name]) for name in sorted(waits)}).prepare()
    except CycleError as error:
        # graphlib names each table behind the one that it waits for, and the first again at the end.
        cycle = error.args[1][:0:-1]
        start = cycle.index(min(cycle))
        return (*cycle[start:], *cycle[:start])
    return ()
