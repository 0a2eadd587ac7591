"""What a preview of a file of a folder builds: the table, what it reads there, and what reads it."""

from datetime import UTC, date, datetime

from summary_tables.commands.preview.chain_plan import MOST_READERS, ChainPlan, PlannedRun
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.build_check import broken_rules
from summary_tables.lint.facts.lineage import Lineage, lineage
from summary_tables.lint.rules import RULES
from summary_tables.model.table import Schedule
from summary_tables.runs.dates import RunDates, full_refresh
from summary_tables.runs.scheduled_dates import last_run, run_of_day


def chain_plan(
    file: TableFile,
    folder: ConfigFolder,
    *,
    date: date | None = None,
    full_refresh: bool = False,
    with_readers: bool = False,
    builds_all: bool = False,
) -> ChainPlan:
    """`date`: as the runs of that day, else as the last ones that were due. `full_refresh`: of the table itself."""
    tables = lineage(folder)
    planner = _Planner(folder, date)
    readers = _readers(file, tables) if with_readers else ()
    runs = {name: planner.run(name, builds_whole=True) for name in _upstream((file.full_name, *readers), tables)}
    return ChainPlan(
        table=planner.run(file.full_name, builds_whole=full_refresh),
        readers=tuple(planner.run(name) for name in readers[:MOST_READERS]),
        left_out=readers[MOST_READERS:],
        runs={name: run for name, run in runs.items() if name != file.full_name},
        reads={name: tuple(source for source in tables.reads[name] if source != name) for name in tables.reads},
        builds_all=builds_all,
    )


class _Planner:
    """The runs of one folder's tables."""

    def __init__(self, folder: ConfigFolder, day: date | None) -> None:
        self._folder = folder
        self._day = day
        self._now = datetime.now(UTC)

    def run(self, name: str, *, builds_whole: bool = False) -> PlannedRun:
        """`builds_whole`: of a table that grows, all of it."""
        file = self._folder.by_name[name]
        dates = self._dates(file.config.table.schedule)
        if builds_whole:
            dates = full_refresh(dates, file.config.table.refresh)
        return PlannedRun(config=file.config, dates=dates, unusable=self._unusable(file))

    def _dates(self, schedule: Schedule) -> RunDates:
        return run_of_day(schedule, self._day) if self._day else last_run(schedule, self._now)

    def _unusable(self, file: TableFile) -> str:
        errors = [found for found in broken_rules(RULES, file, self._folder, 1) if found.level == "error"]
        if not errors:
            return ""
        return f"{file.name}:{errors[0].line} says: {errors[0].message}."


def _readers(file: TableFile, tables: Lineage) -> tuple[str, ...]:
    """Those that read the table, also through others, each behind what it reads."""
    reading = {name: tuple(source for source in read if source != name) for name, read in tables.reads.items()}
    found = Lineage(reads=reading, waits=dict.fromkeys(reading, ())).downstream([file.full_name])
    return tables.in_build_order(found)


def _upstream(names: tuple[str, ...], tables: Lineage) -> tuple[str, ...]:
    """The tables of the folder that `names` read, also through others."""
    seen: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        for source in tables.reads.get(waiting.pop(), ()):
            if source in tables.reads and source not in seen:
                seen[source] = None
                waiting.append(source)
    return tuple(seen)
