"""The schedule comes round, and Airflow can read it.

Five fields, in the table's zone: minute, hour, day of the month, month, weekday. Each is a number, a range (`1-5`), a
list (`1,15`), a step (`*/15`) or `*` for all; months and weekdays also go by their first three letters.

PASS: `schedule: "0 3 * * *"`
FAIL: `schedule: "0 25 * * *"`, as no day has an hour 25
FAIL: `schedule: "0 3 31 2 *"`, as February never has 31 days
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.cron_mistake import mistake
from summary_tables.configs.schedule.places import cron_path
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import WHOLE_FILE, Finding, Place, Span


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    yield from mistakes(file)


def mistakes(file: TableFile) -> Iterator[Finding[Place]]:
    """The same without the folder, of which nothing is asked."""
    own = file.data.get("schedule")
    written = own.get("at", "") if isinstance(own, dict) else own
    cron = written if isinstance(written, str) else file.config.table.schedule.cron
    found = mistake(cron) if file.config.table.schedule.cron else None
    if found is None:
        return
    if own is None:
        message = f'`schedule` is "{cron}" in defaults.yaml: {found.message}'
        yield Finding(place=WHOLE_FILE, message=message, fix=found.fix)
    else:
        yield Finding(place=_place(file, found), message=found.message, fix=found.fix)


RULE = Rule(check=check, level="error", stage="build", needs="place", is_of_schema=True, has_edits=True)


def _place(file: TableFile, found: Finding[Span]) -> Place:
    line, column = file.document.place_in_text(cron_path(file.data), found.place.offset)
    return Place(line, column, found.place.length)
