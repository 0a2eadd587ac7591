"""A table that reads another table of this folder waits for it.

Otherwise it may read what was built yesterday.

Where one of the two is started by hand, there is nothing to wait for.

PASS: `schedule: {after: [analytics.mau_summary]}` where `main_sql` reads `analytics.mau_summary`
FAIL: `schedule: "0 3 * * *"` there
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.written import written_schedule
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.source_tables import Source, by_name, main_sources
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import listed


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule = file.config.table.schedule
    if schedule.is_by_hand:
        return
    missing = by_name(source for source in main_sources(file) if _is_to_wait_for(source, folder))
    if circular := _first_that_waits_for(file.full_name, missing, folder):
        yield _circle(missing[circular][0], file.full_name)
    elif missing:
        yield _finding(file, next(iter(missing.values()))[0], tuple(missing))


RULE = Rule(check=check, level="warning", needs="folder")


def _is_to_wait_for(source: Source, folder: ConfigFolder) -> bool:
    other = folder.by_name.get(source.name)
    if other is None or other is source.file or source.name in source.file.config.table.schedule.tables:
        return False
    return not other.config.table.schedule.is_by_hand


def _first_that_waits_for(wanted: str, names: Iterable[str], folder: ConfigFolder) -> str:
    """The first of `names` that waits for the table `wanted`, directly or through others; empty if none does.

    No table is asked twice: what one that came before waits for has been seen not to lead to `wanted`.
    """
    seen: set[str] = set()
    for name in names:
        waiting = [name]
        while waiting:
            file = folder.by_name.get(waiting.pop())
            new = set(file.config.table.schedule.tables) - seen if file else set()
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


def _finding(file: TableFile, first: Source, names: Sequence[str]) -> Finding[Place]:
    what = "a table" if len(names) == 1 else "tables"
    schedule = file.config.table.schedule
    wanted = replace(schedule, after=(*schedule.after, *names), cron=schedule.cron if schedule.after else "")
    fix = f"write `schedule: {written_schedule(wanted)}`{_instead_of(file)}"
    return Finding(
        place=first.place,
        message=f"`main_sql` reads {listed(names)}, {what} of this folder, and does not wait for "
        f"{'it' if len(names) == 1 else 'them'}: it may read what was built a day ago",
        # With `any`, what it reads would be waited for or not.
        fix="" if schedule.any_of else fix,
    )


def _instead_of(file: TableFile) -> str:
    cron = file.config.table.schedule.cron
    if not cron or file.config.table.schedule.after:
        return ""
    return f' instead of `schedule: "{cron}"`' if "schedule" in file.data else f" (defaults.yaml says {cron})"
