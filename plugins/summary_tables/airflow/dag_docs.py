"""What Airflow shows about a table under "Docs": where it comes from, when it is built, what is checked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from summary_tables.checks import Check, CheckName
from summary_tables.configs.config import Config
from summary_tables.configs.schedule.schedule_in_words import built_in_words
from summary_tables.model.parents import parent_name
from summary_tables.model.placeholders import fill_names
from summary_tables.model.row_source import GoogleSheet, SheetExport
from summary_tables.model.table import CheckStep, DeclaredColumn, SummaryTable
from summary_tables.sheets.spreadsheet import spreadsheet_address
from summary_tables.text.markdown_text import code
from summary_tables.warehouse.increments.strategies import refresh_in_words

_PAGE = "its state, checks, versions and lineage"

CheckNames = Mapping[CheckStep, Sequence[CheckName]]


def dag_docs(config: Config, names: CheckNames | None = None, page: str = "") -> str:
    """Markdown. Made from the config alone, so that a new DAG version means a changed config.

    `names` are those of the table's checks, for who has them already; `page` is the address of its page in the
    catalogue, if it has one.
    """
    table = config.table
    names = names or {
        "input_check": table.check_names("input_check"),
        "output_check": table.check_names("output_check"),
    }
    return "\n".join(
        (
            _lines_as_they_are(table.description) or f"The summary table {_as_it_is(table.full_name)}.",
            "",
            f"- table: `{table.full_name}`{f' ([{_PAGE}]({page}))' if page else ''}",
            f"- config: {_config_link(config)}",
            f"- owner: {_as_it_is(table.owner)}",
            *_rows(table),
            f"- built: {_built(table)}",
            *_growth(table),
            *_usage(table),
            *_columns(table.columns),
            *_checks("checked before it is built", table.input_check, names["input_check"]),
            *_checks("checked before it is published", table.output_check, names["output_check"]),
            *_query(table),
            "",
        )
    )


def _usage(table: SummaryTable) -> Iterator[str]:
    if words := table.deprecated:
        instead = f"; `{words.use}` takes its place" if words.use else ""
        yield f"- **deprecated**: it goes after {words.after}{instead}"
    if table.used_by:
        yield "- used by:"
    for use in table.used_by:
        link = f"[{_as_it_is(use.name)}]({_address(use.url)})"
        yield f"    - {link}, {_as_it_is(use.owner)}" if use.owner else f"    - {link}"


def _growth(table: SummaryTable) -> Iterator[str]:
    if table.refresh.is_incremental:
        yield f"- refreshed: {refresh_in_words(table.refresh)}"
    if table.refresh.is_incremental and table.full_refresh:
        yield "- to build all of it anew: *Trigger* a run with *Full refresh* on"


def _rows(table: SummaryTable) -> Iterator[str]:
    if table.csv:
        yield f"- rows: those of {code(table.csv.file)}"
    if table.google_sheet:
        yield f"- rows: those of {_sheet(table.google_sheet)}"
    if table.export:
        yield f"- also written to: {_sheet(table.export.google_sheet)}"


def _sheet(place: GoogleSheet | SheetExport) -> str:
    address = spreadsheet_address(place.spreadsheet)
    sheet = f"[a Google Sheet]({address})" if address else f"the Google Sheet {code(place.spreadsheet)}"
    return f"{code(place.range)} in {sheet}"


def _query(table: SummaryTable) -> tuple[str, ...]:
    if not table.main_sql:
        return ()
    return ("", *_fenced(fill_names(table.main_sql, schema=table.schema, table=table.table).rstrip()))


def _built(table: SummaryTable) -> str:
    schedule = table.schedule
    if schedule.starts_runs and not (schedule.any_of or schedule.awaited):
        names = ", ".join(f"`{parent_name(parent)}`" for parent in schedule.after)
        return f"when all of these have been published anew: {names}; the first time, as soon as all of them are there"
    return built_in_words(table, lambda text: f"`{text}`")


def _config_link(config: Config) -> str:
    return f"[{_as_it_is(config.file)}]({file_url(config)})" if config.settings.repository else f"`{config.file}`"


def file_url(config: Config) -> str:
    """The table's file in a browser, where the deployment has a `repository`."""
    return _address(f"{config.settings.repository.rstrip('/')}/{config.file}")


def _address(url: str) -> str:
    """Parentheses, blanks and the like would end the address of a link."""
    return quote(url, safe="/:?&=#%~+,;@")


def _columns(columns: Sequence[DeclaredColumn]) -> Iterator[str]:
    if columns:
        yield "- columns:"
        yield from (f"    - {_column(column)}" for column in columns)


def _column(column: DeclaredColumn) -> str:
    named = " ".join(filter(None, (_as_it_is(column.name), _as_it_is(column.type))))
    return f"{named}: {_as_it_is(column.comment)}" if column.comment else named


def _checks(title: str, checks: Sequence[Check], names: Sequence[CheckName]) -> Iterator[str]:
    if checks:
        yield f"- {title}:"
    for check, name in zip(checks, names, strict=True):
        yield f"    - {_as_it_is(name.label)}{' (warns)' if check.severity == 'warn' else ''}"


# An underscore inside a word is none of Markdown's signs.
_SIGNS = re.compile(r"[\\`*\[\]<>~$&|!]|(?<!\w)_|_(?!\w)")
_SIGNS_OF_A_LINE = re.compile(r"^(?:(\d+)(?=[.)])|(?=[-+=#:]))")


def _as_it_is(text: str) -> str:
    """`text` on one line, in which no character means anything to Markdown or HTML."""
    return _SIGNS_OF_A_LINE.sub(r"\1\\", _SIGNS.sub(r"\\\g<0>", " ".join(text.split())))


def _lines_as_they_are(text: str) -> str:
    """The same line by line: paragraphs stay apart, and a line ends where it ended."""
    paragraphs = re.split(r"\n(?:[^\S\n]*\n)+", "\n".join(text.strip().splitlines()))
    return "\n\n".join("\\\n".join(map(_as_it_is, paragraph.split("\n"))) for paragraph in paragraphs)


def _fenced(text: str) -> tuple[str, str, str]:
    """A code block that the text cannot end."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}sql", text, fence
