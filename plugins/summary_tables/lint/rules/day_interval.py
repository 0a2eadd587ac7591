"""Where rows are replaced by day, the query cuts at midnight, also when the table is built at 03:00.

The data interval of such a run goes from 03:00 to 03:00. Cut out as it is, it holds parts of two days, and the run is
refused. `{{ data_interval_start | ds }}` is its day, which began at midnight.

PASS: with `schedule: "0 3 * * *"` and `time_column: date`, a date, `WHERE ts >= '{{ data_interval_start | ds }}'`
FAIL: `WHERE ts >= '{{ data_interval_start }}'` there
"""

import re
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.templates.pieces import pieces

_BOUNDS = ("data_interval_start", "data_interval_end")
_IS_DATE = re.compile(r".*::\s*date|CAST\s*\(.*\bAS\s+date\s*\)|(?:TO_)?DATE\s*\(.*\)", re.IGNORECASE | re.DOTALL)
_CAST_BEHIND = re.compile(r"'\s*::\s*date\b", re.IGNORECASE)


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    column, text = file.config.table.refresh.time_column, file.main_query.text
    if not column or _is_at_midnight(file.config.table.schedule.cron) or not _is_a_date(file, column):
        return
    for piece in pieces(text):
        name = piece.text.strip()
        if piece.kind == "value" and name in _BOUNDS and not _CAST_BEHIND.match(text, piece.end):
            yield Finding(
                place=file.place_in(file.main_query, piece.start, piece.end - piece.start),
                message=f"`{name}` is not midnight here, and `{column}` is a date: parts of two days would be a run's",
                fix=f"write `{{{{ {name} | ds }}}}`, its day",
            )


RULE = Rule(check=check, level="warning")


def _is_at_midnight(text: str) -> bool:
    if not text or cron_mistake.mistake(text):
        return True
    times = cron.times(text)
    return (times.minutes, times.hours) == ((0,), (0,))


def _is_a_date(file: TableFile, column: str) -> bool:
    return any(found.name == column and _IS_DATE.fullmatch(found.text) for found in main_columns(file))
