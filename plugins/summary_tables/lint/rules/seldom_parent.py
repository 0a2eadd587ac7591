"""A table with `at` waits for none built seldomer or by hand.

Each run waits for the newest: where none is due between two times of `at`, it waits until its limit, and fails. Of a
table that waits for others, what these wait for counts; of a model of a dbt project, when the project runs.

PASS: `schedule: {at: "0 6 * * *", after: [analytics.orders]}` where that table has `schedule: "0 3 * * *"`
FAIL: the same where that table has `schedule: "0 3 * * 1"`, which is Mondays
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.started_by import Start, is_seldomer, started_by
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.problem import Finding, Place
from summary_tables.model.shown_name import shown_name


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule, zone = file.config.table.schedule, file.config.table.timezone
    if not schedule.cron or schedule.any_of:
        return
    for name, path in table_paths(schedule):
        starts = (each for each in started_by(name, folder) if is_seldomer(each, schedule.cron, zone))
        if start := next(starts, None):
            message, fix = _words(name, start, file)
            yield Finding(place=file.place_of_setting(path), message=message, fix=fix)


RULE = Rule(check=check, level="warning", needs="folder")


def _words(name: str, start: Start, file: TableFile) -> tuple[str, str]:
    """Why runs wait for `name` in vain, whose runs begin with those of `start`, and what to do."""
    own, this = file.config.table, "project" if DBT_KEY in file.data else "table"
    built = "it is built" if start.full_name == name else f"it waits for {start.full_name}, which is built"
    begins = f"and this {this} begins {in_words(own.schedule.cron, own.timezone)}"
    if not start.cron:
        whose = shown_name(start.builder.path) if start.builder.project else start.full_name
        message = f"runs would wait for {name} in vain: {built} when somebody starts it, {begins}"
        return message, f"give {whose} a `schedule`, or leave `at` out"
    when = in_words(start.cron, start.timezone)
    message = f"some runs would wait for {name} in vain: {built} {when}, {begins}"
    return message, f"let `at` come as often as {name} is built, or seldomer; or leave `at` out"
