"""A table that reads another table of this folder waits for it.

Otherwise it may read what was built yesterday. A model that a dbt project of the folder builds is such a table.

Where one of the two is started by hand, there is nothing to wait for.

PASS: `schedule: {after: [analytics.mau_summary]}` where `main_sql` reads `analytics.mau_summary`
FAIL: `schedule: "0 3 * * *"` there
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron_mistake
from summary_tables.configs.schedule.written import written_schedule
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.builders import builder_of
from summary_tables.lint.facts.source_tables import Source, by_name, main_sources
from summary_tables.lint.facts.started_by import is_seldomer, started_by
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table import SummaryTable
from summary_tables.text.english import listed
from summary_tables.warehouse.increments.strategies import strategy_named


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule = file.config.table.schedule
    if schedule.is_by_hand:
        return
    missing = by_name(source for source in main_sources(file) if _is_to_wait_for(source, folder))
    if circular := _first_that_waits_for(file.full_name, missing, folder):
        yield _circle(missing[circular][0], file.full_name)
    elif missing:
        yield _finding(file, tuple(missing), next(iter(missing.values()))[0], folder)


RULE = Rule(check=check, level="warning", needs="folder")


def _is_to_wait_for(source: Source, folder: ConfigFolder) -> bool:
    other = builder_of(source.name, folder)
    if other is None or other.path == source.file.path or source.name in source.file.config.table.schedule.tables:
        return False
    return not other.schedule.is_by_hand


def _first_that_waits_for(wanted: str, names: Iterable[str], folder: ConfigFolder) -> str:
    """The first of `names` that waits for the table `wanted`, directly or through others; empty if none does.

    No table is asked twice: what one that came before waits for has been seen not to lead to `wanted`.
    """
    seen: set[str] = set()
    for name in names:
        waiting = [name]
        while waiting:
            builder = builder_of(waiting.pop(), folder)
            new = set(builder.schedule.tables) - seen if builder else set()
            if wanted in new:
                return name
            seen |= new
            waiting += new
    return ""


def _circle(source: Source, full_name: str) -> Finding[Place]:
    return Finding(
        place=source.place,
        message=f"`main_sql` reads {source.name}, which in turn waits for {full_name}: it reads what was built before",
        fix="let one of the two read the tables from which the other is made",
    )


def _finding(file: TableFile, names: Sequence[str], first: Source, folder: ConfigFolder) -> Finding[Place]:
    return Finding(
        place=first.place,
        message=f"`main_sql` reads {listed(names)}, {whose(names, folder)}, and does not wait for "
        f"{'it' if len(names) == 1 else 'them'}: it may read what was built a day ago",
        fix=waiting_fix(file, names, folder),
    )


def waiting_fix(file: TableFile, names: Sequence[str], folder: ConfigFolder) -> str:
    """By which a file waits for `names`, too; empty where nobody can say it."""
    table = file.config.table
    if table.schedule.any_of:
        # What it reads would be waited for or not.
        return ""
    waiting = replace(table.schedule, after=(*table.schedule.after, *names))
    if not waiting.cron or table.schedule.after:
        return f"write `schedule: {written_schedule(waiting)}`"
    at_its_times = "" if _in_vain(table, names, folder) else f"`schedule: {written_schedule(waiting)}`"
    if table.refresh.is_incremental and strategy_named(table.refresh.strategy).NEEDS_INTERVAL:
        return at_its_times and f"write {at_its_times}{_instead_of(file)}"
    after_them = f"`schedule: {written_schedule(replace(waiting, cron=''))}`"
    return f"write {after_them}{_instead_of(file)}{at_its_times and f'; or {at_its_times}, to keep its times'}"


def _in_vain(table: SummaryTable, names: Sequence[str], folder: ConfigFolder) -> bool:
    """Runs at the times of the table, where these are any, would wait for what does not come: see `seldom-parent`."""
    if cron_mistake.mistake(table.schedule.cron):
        return True
    starts = (start for name in names for start in started_by(name, folder))
    return any(is_seldomer(start, table.schedule.cron, table.timezone) for start in starts)


def whose(names: Sequence[str], folder: ConfigFolder) -> str:
    """What builds them, in words that go on behind their names."""
    projects = {builder.project for name in names if (builder := builder_of(name, folder))}
    if projects == {""}:
        return "a table of this folder" if len(names) == 1 else "tables of this folder"
    if "" in projects or len(projects) > 1:
        return "tables of this folder and of its dbt projects"
    return f"which the dbt project {projects.pop()} builds"


def _instead_of(file: TableFile) -> str:
    cron = file.config.table.schedule.cron
    return f' instead of `schedule: "{cron}"`' if "schedule" in file.data else f" (defaults.yaml says {cron})"
