"""What a preview of a file of a folder builds: the table, what it reads there, and what reads it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from summary_tables.commands.preview.chain_plan import MOST_READERS, ChainPlan, PlannedRun
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.build_check import broken_rules
from summary_tables.lint.facts.lineage import Lineage, lineage, tables_read
from summary_tables.lint.rules import RULES
from summary_tables.model.table import SummaryTable
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
    planner = _Planner(folder, date)
    readers = _readers(file, folder) if with_readers else ()
    reads = _reads((file.full_name, *readers), folder)
    return ChainPlan(
        table=planner.run(file.full_name, builds_whole=full_refresh),
        readers=tuple(planner.run(name) for name in readers[:MOST_READERS]),
        left_out=readers[MOST_READERS:],
        runs={name: planner.run(name, builds_whole=True) for name in reads if name != file.full_name},
        reads=reads,
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
        dates = self._dates(file.config.table)
        if builds_whole:
            dates = full_refresh(dates, file.config.table.refresh)
        return PlannedRun(config=file.config, dates=dates, unusable=self._unusable(file))

    def _dates(self, table: SummaryTable) -> RunDates:
        return run_of_day(table, self._day) if self._day else last_run(table, self._now)

    def _unusable(self, file: TableFile) -> str:
        errors = [found for found in broken_rules(RULES, file, self._folder, 1) if found.level == "error"]
        if not errors:
            return ""
        return f"{file.name}:{errors[0].line} says: {errors[0].message}."


def _readers(file: TableFile, folder: ConfigFolder) -> tuple[str, ...]:
    """Those that read the table, also through others, each behind what it reads."""
    tables = lineage(folder)
    reading = Lineage(reads=tables.reads, waits=dict.fromkeys(tables.reads, ()))
    return reading.in_build_order(reading.downstream([file.full_name]))


def _reads(names: Iterable[str], folder: ConfigFolder) -> dict[str, tuple[str, ...]]:
    """The tables of the folder that each of `names` reads, and what these read; no other query is looked at."""
    found: dict[str, tuple[str, ...]] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            sources = tables_read(folder.by_name[name]) or ()
            found[name] = tuple(source for source in sources if source in folder.by_name and source != name)
            waiting += found[name]
    return found
