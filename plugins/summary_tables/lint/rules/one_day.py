"""A table that is built anew each time, of one day's rows, holds that day only; its column of days says more was meant.

PASS: `WHERE day <= '{{ ds }}'`; `WHERE day = '{{ ds }}'` with `refresh: {delete_insert: {time_column: day}}`
FAIL: `SELECT day, COUNT(1) AS visits ... WHERE day = '{{ ds }}' GROUP BY day` without `refresh`
"""

import re
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.pitfalls import one_day

_DAY = re.compile(r"'\{\{\s*ds\s*\}\}'(?:\s*::\s*\w+)?")


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    if file.config.table.refresh.is_incremental or not file.config.table.schedule.cron:
        return
    query = file.main_query
    found = one_day.condition(query.text, query.dialect)
    if found is None:
        return
    # The text of a column has stand-ins where the file has dates.
    written = {column.name: query.text[column.offset :][: len(column.text)] for column in main_columns(file)}
    column = next((name for name, text in written.items() if _is_the_day(text, found.compared)), "")
    if column:
        yield Finding(
            place=file.place_in(query, found.word.offset, len(found.word.text.partition("\n")[0])),
            message=f"each run replaces the whole table, so it holds one day only: `{column}` is the same in all rows",
            fix=f"to keep the days before, add `refresh: {{delete_insert: {{time_column: {column}}}}}` and write "
            "`... >= '{{ data_interval_start | ds }}' AND ... < '{{ data_interval_end | ds }}'`",
        )


RULE = Rule(check=check, level="warning")


def _is_the_day(text: str, compared: str) -> bool:
    return (
        _plain(text) == _plain(compared)
        or re.fullmatch(r"'\{\{\s*ds\s*\}\}'(?:\s*::\s*\w+)?", text.strip()) is not None
    )


def _plain(text: str) -> str:
    truncated = re.sub(
        r"^(?:date_trunc\s*\(\s*'day'\s*,|date\s*\()(.*)\)", r"\1", text.lower().strip(), flags=re.DOTALL
    )
    return re.sub(r"[\s\"]|::date|^\w+\.", "", truncated)
