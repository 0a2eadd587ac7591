"""What somebody answered about a new table -> the text of its file, with comments that explain the format."""

from collections.abc import Iterable
from dataclasses import dataclass

from summary_tables.commands.new.config_text import MODELINE
from summary_tables.commands.new.from_csv import CsvDraft
from summary_tables.commands.new.from_sheet import SheetColumn, SheetDraft
from summary_tables.configs.schedule.cron import CronError
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.configs.yaml import text
from summary_tables.text.moments import UTC_NAME

BY_HAND = "none"
"""The schedule of a table that is started by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is known of a new table.

    `schedule`, in `timezone`: cron fields, a word such as `@daily`, `BY_HAND`, or the names of the tables to wait for.
    `main_sql`: empty for an example over the first of `sources`. `sources`: what the query reads, as it is written.
    `sheet` and `csv`: what the rows come from in place of a query.
    """

    table: str
    schema: str
    description: str
    owner: str
    schedule: str | tuple[str, ...]
    timezone: str = UTC_NAME
    main_sql: str = ""
    sources: tuple[str, ...] = ()
    sheet: SheetDraft | None = None
    csv: CsvDraft | None = None


def config_text(answers: Answers) -> str:
    """The whole file."""
    head = (
        _explained("The name in the warehouse. This file is called after it.", "table", answers.table),
        _explained("The schema in which people read the table.", "schema", answers.schema),
        _explained("For those who will read the table.", "description", answers.description),
        _explained("The person or team that answers for it.", "owner", answers.owner),
        _file_schedule()
        if answers.csv and answers.schedule == BY_HAND
        else _schedule(answers.schedule, answers.timezone),
    )
    if answers.csv:
        return "\n".join((MODELINE + "".join(head), _csv(answers.csv), _OUTPUT_CHECK))
    if answers.sheet:
        return "\n".join((MODELINE + "".join(head), _sheet(answers.sheet), _OUTPUT_CHECK))
    return "\n".join((MODELINE + "".join(head), _query(answers), _input_check(answers.sources), _OUTPUT_CHECK))


def _explained(words: str, key: str, value: object) -> str:
    return text.comment([words]) + text.entry(key, value)


def _schedule(schedule: str | tuple[str, ...], zone: str) -> str:
    if isinstance(schedule, tuple):
        words = "When it is built: as soon as all of these have been built anew."
        return _explained(words, "schedule", {"after": schedule})
    if schedule == BY_HAND:
        return _explained("When it is built: when somebody starts it in Airflow.", "schedule", schedule)
    fields = "" if schedule.startswith("@") else " The five fields: minute, hour, day, month, weekday."
    return _explained(f"When it is built: {_in_words(schedule, zone)}.{fields}", "schedule", schedule)


def _file_schedule() -> str:
    return _explained("When it is built: when the CSV file has changed.", "schedule", BY_HAND)


def _in_words(schedule: str, zone: str) -> str:
    try:
        return in_words(schedule, zone)
    except CronError:
        return f"at these times, in {zone}"


_EXAMPLE = "-- an example that works: write your query in its place\n"


def _query(answers: Answers) -> str:
    words = "The query that makes the table: one SELECT, no `;` at its end, a name (AS ...) for each column."
    return text.comment([words]) + text.sql_block("main_sql", answers.main_sql or _example(answers.sources))


def _example(sources: tuple[str, ...]) -> str:
    if not sources:
        return f"{_EXAMPLE}SELECT 'hello' AS word, 1 AS number"
    return f"{_EXAMPLE}SELECT COUNT(1) AS row_count\nFROM {sources[0]}"


_GUESSED = "What a cell of each column must be. The types are guessed from the rows that are there: look at each."


def _sheet(sheet: SheetDraft) -> str:
    place = {"spreadsheet": sheet.spreadsheet, "range": sheet.range}
    rows = {"header_row": sheet.header_row} if sheet.header_row != 1 else {}
    source = _explained("The sheet whose rows are the table.", "google_sheet", {**place, **rows})
    return f"{source}\n{_columns(sheet.columns, 'A column that is left out here is not loaded.')}"


def _csv(csv: CsvDraft) -> str:
    separator = {"separator": csv.source.separator} if csv.source.separator != "," else {}
    source = _explained("The file whose rows are the table.", "csv", {"file": csv.source.file, **separator})
    return f"{source}\n{_columns(csv.columns)}"


def _columns(columns: Iterable[SheetColumn], *more: str) -> str:
    listed = ({"name": column.name, "type": column.type, "header": column.header} for column in columns)
    lines = "".join(f"  - {text.in_brackets(column)}\n" for column in listed)
    return f"{text.comment((_GUESSED, *more))}columns:\n{lines}"


def _input_check(sources: tuple[str, ...]) -> str:
    words = (
        "Before the build: each `sql` returns one number, which must be at least `count`.",
        "Otherwise nothing is built, and the table that people read stays as it is.",
    )
    if not sources:
        example = ("input_check:", "  - sql: SELECT COUNT(1) FROM schema.table", "    count: 1")
        return text.comment((*words, *example))
    items = (f"  - sql: SELECT COUNT(1) FROM {source}\n    count: 1\n" for source in sources)
    return text.comment(words) + "input_check:\n" + "".join(items)


_OUTPUT_CHECK = """\
# After the build, before people see it: the new table is called {schema}.temp_{table} here.
# If a number is below its `count`, nothing is published, and people go on reading the old table.
output_check:
  - sql: SELECT COUNT(1) FROM {schema}.temp_{table}
    count: 1
"""
