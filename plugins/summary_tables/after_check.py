"""Tables that wait for others: mistakes that no single file shows and that leave a table unbuilt, silently."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from summary_tables.config import Config
from summary_tables.config_lines import place_of_value
from summary_tables.problem import Problem
from summary_tables.spelling import nearest


def after_problems(configs: Sequence[Config], unreadable: Collection[str]) -> Iterator[Problem]:
    """What is wrong with `after` among `configs`. Tables in `unreadable` (names without schema) are not judged."""
    by_name = {config.table.full_name: config for config in configs}
    for config in configs:
        for index, name in enumerate(config.table.schedule.after):
            if name not in by_name and name.partition(".")[2] not in unreadable:
                yield _unknown(config, index, name, list(by_name))
    for cycle in _cycles(by_name):
        yield _cycle(by_name, cycle)


def _unknown(config: Config, index: int, name: str, known: list[str]) -> Problem:
    near = nearest(name, [other for other in known if other != config.table.full_name])
    fix = f"write `{near}`" if near else "name tables that have a file here; others need no waiting for"
    message = f"`after` names {name}, which no file here builds, so this table would never start"
    return _problem(config, index, message, fix)


def _cycle(by_name: Mapping[str, Config], cycle: Sequence[str]) -> Problem:
    """`cycle`: each table waits for the one behind it, the last one for the first."""
    config = by_name[cycle[0]]
    index = config.table.schedule.after.index(cycle[1 % len(cycle)])
    path = " waits for ".join((*cycle, cycle[0]))
    return _problem(
        config, index, f"none of these tables would ever start: {path}", "take one of them out of an `after`"
    )


def _problem(config: Config, index: int, message: str, fix: str) -> Problem:
    line, column = place_of_value(config.path, ("schedule", "after", index))
    return Problem(file=config.file, line=line, column=column, rule="after", message=message, fix=fix)


def _cycles(by_name: Mapping[str, Config]) -> Iterator[tuple[str, ...]]:
    """Cycles that have to be broken, each beginning with its first table by name."""
    waits = {name: set(config.table.schedule.after) for name, config in by_name.items()}
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
