"""`summary-tables new`: a new table's file, from five questions or from flags."""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from summary_tables.commands import whole_file
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.commands.new import draft
from summary_tables.commands.new.config_template import BY_HAND, Answers, config_text
from summary_tables.commands.new.draft import Draft
from summary_tables.commands.new.from_csv import CsvDraft, draft_from_csv
from summary_tables.commands.new.from_sheet import SheetDraft, draft_from_sheet
from summary_tables.commands.new.new_table import DAILY, NewTable, sources_of
from summary_tables.commands.new.query_text import tidied
from summary_tables.commands.new.questions import Schedule, ask, schedule_of
from summary_tables.commands.options.folder_option import add_folder_option, folder_to_fill
from summary_tables.commands.options.google_option import add_google_argument, chosen_account
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.file_content import MOST_BYTES, NoContent, read_content
from summary_tables.configs.folder import read_folder
from summary_tables.lint.reports.concise import one_line
from summary_tables.model.problem import Place, Problem
from summary_tables.model.shown_name import shown_name
from summary_tables.sheets.error import SheetsError
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.text.english import counted
from summary_tables.text.visible import visible


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--table", metavar="NAME", help="the table's name in the warehouse")
    parser.add_argument("--schema", metavar="NAME", help="the schema in which people read it")
    parser.add_argument("--description", metavar="TEXT", help="one sentence for those who will read it")
    parser.add_argument("--owner", metavar="NAME", help="the person or team that answers for it")
    parser.add_argument(
        "--schedule",
        metavar="CRON",
        help='five cron fields in the time zone of defaults.yaml, else UTC, @daily and the like, or "none"',
    )
    parser.add_argument("--after", metavar="TABLE", action="append", help="build it after this table; may be repeated")
    parser.add_argument("--sql", metavar="FILE", help="a file with its query; - reads it from standard input")
    parser.add_argument("--source", metavar="TABLE", help="without --sql: the table that the example query reads")
    parser.add_argument(
        "--from-sheet", metavar="ADDRESS", help="in place of a query: the address of the Google Sheet with its rows"
    )
    parser.add_argument("--range", metavar="RANGE", help="with --from-sheet: a tab, or a range such as Targets!A:D")
    parser.add_argument("--from-csv", metavar="FILE", help="in place of a query: a CSV file in the folder of configs")
    add_google_argument(parser)
    add_folder_option(parser)
    parser.add_argument("--force", action="store_true", help="replace the file if there is one")


class _UsageError(Exception):
    """The arguments cannot be used; the text says why."""


def run(arguments: argparse.Namespace) -> int:
    try:
        return _run(arguments)
    except (_UsageError, UsageError) as error:
        print(f"summary-tables: {visible(str(error))}", file=sys.stderr)
        return USAGE
    except (EOFError, KeyboardInterrupt):
        print("\nNothing was written.", file=sys.stderr)
        return PROBLEMS


_ASKED = ("table", "schema", "description", "owner")


def _run(arguments: argparse.Namespace) -> int:
    folder_path = folder_to_fill(arguments)
    if not folder_path.is_dir():
        raise _UsageError(f"{folder_path} is not a folder")
    new = NewTable(folder=read_folder(folder_path), may_replace=arguments.force)
    given = {key: value for key in _ASKED if (value := getattr(arguments, key)) is not None}
    schedule = _given_schedule(arguments)
    _require_usable(new, given, schedule)
    if arguments.sql != "-" and sys.stdin.isatty() and sys.stdout.isatty():
        answered, schedule = ask(new, given, schedule)
    else:
        answered, schedule = _with_defaults(new, given), schedule or _default_schedule(arguments, new)
    answers = Answers(
        table=answered["table"],
        schema=answered["schema"],
        description=answered["description"],
        owner=answered["owner"],
        schedule=schedule,
        timezone=new.timezone,
    )
    if arguments.range is not None and arguments.from_sheet is None:
        raise _UsageError("--range needs --from-sheet")
    if arguments.from_csv is not None:
        return _write(new, replace(answers, csv=_given_csv(arguments, folder_path)), None)
    if arguments.from_sheet is not None:
        return _write(new, replace(answers, sheet=_given_sheet(arguments)), None)
    query = _given_query(arguments.sql, dialect_of(settings_from_data(new.folder.defaults or {}).warehouse.dialect))
    return _write(new, _with_query(new, answers, query, arguments.source), query)


def _given_schedule(arguments: argparse.Namespace) -> Schedule:
    """Nothing where no flag names one."""
    if arguments.schedule is not None and arguments.after:
        raise _UsageError("--schedule and --after exclude each other")
    return schedule_of(" ".join(arguments.after)) if arguments.after else arguments.schedule or ""


def _require_usable(new: NewTable, given: Mapping[str, str], schedule: Schedule) -> None:
    answers = {**given, "schedule": {"after": schedule} if isinstance(schedule, tuple) else schedule}
    for key, value in answers.items():
        if (value or key != "schedule") and (problem := new.problem_of(key, value)):
            flag = "after" if isinstance(value, dict) else key
            raise _UsageError(f"--{flag}: {problem}")


def _with_defaults(new: NewTable, given: Mapping[str, str]) -> dict[str, str]:
    missing = [f"--{key}" for key in _ASKED if key != "owner" and not given.get(key)]
    if missing:
        raise _UsageError(f"no terminal to ask on: say {', '.join(missing)}")
    return {"owner": new.default_owner, **given}


def _with_query(new: NewTable, answers: Answers, query: "_Query | None", source: str | None) -> Answers:
    """With the query that was given, or with a table for an example to read."""
    if query:
        with_query = replace(answers, main_sql=query.tidied)
        sources = sources_of(config_text(with_query), new.path(answers.table), new.folder)
        return replace(with_query, sources=sources)
    if source is not None and not _TABLE.fullmatch(source):
        raise _UsageError(f"--source: {source} is no table with its schema, such as raw_data.nps")
    awaited = answers.schedule[0] if isinstance(answers.schedule, tuple) else ""
    found = source or awaited or new.known_source
    return replace(answers, sources=(found,) if found else ())


_REQUIRED = "required"
_TABLE = re.compile(r"[^\W\d][\w$]*(\.[^\W\d][\w$]*){1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Query:
    """A query that was given: as it stands in its file, and as it is written."""

    file: str
    text: str
    tidied: str

    def place(self, problem: Problem, first_line: int) -> Problem:
        """`problem` of the config, at its place in the query's own file. `first_line`: where the query begins there."""
        index, tidied = problem.line - first_line, self.tidied.split("\n")
        if not 0 <= index < len(tidied):
            return problem
        lines = self.text.split("\n")
        line = next(number for number, text in enumerate(lines) if text.strip()) + index
        column = problem.column - _BLOCK_INDENT + _indent(lines[line]) - _indent(tidied[index])
        return replace(problem, file=self.file, place=Place(line + 1, column, problem.length))


_BLOCK_INDENT = 2


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _given_sheet(arguments: argparse.Namespace) -> SheetDraft:
    if arguments.sql is not None or arguments.source is not None:
        raise _UsageError("--from-sheet and a query exclude each other")
    try:
        return draft_from_sheet(chosen_account(arguments), arguments.from_sheet, arguments.range)
    except SheetsError as error:
        raise _UsageError(f"--from-sheet: {error}") from None


def _default_schedule(arguments: argparse.Namespace, new: NewTable) -> Schedule:
    """A table of a CSV file is built when the file has changed, unless somebody says otherwise."""
    return BY_HAND if arguments.from_csv is not None else new.default_schedule or DAILY


def _given_csv(arguments: argparse.Namespace, folder: Path) -> CsvDraft:
    if any(each is not None for each in (arguments.sql, arguments.source, arguments.from_sheet)):
        raise _UsageError("--from-csv, --from-sheet and a query exclude each other")
    found = draft_from_csv(folder, Path(arguments.from_csv))
    if isinstance(found, str):
        raise _UsageError(f"--from-csv: {found}")
    return found


def _given_query(file: str | None, dialect: Dialect) -> _Query | None:
    if file is None:
        return None
    try:
        text = _query_bytes(file).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _UsageError(f"--sql: {file} is not UTF-8") from error
    if not text.strip():
        raise _UsageError(f"--sql: {file} is empty")
    return _Query(file="standard input" if file == "-" else file, text=text, tidied=tidied(text, dialect))


def _query_bytes(file: str) -> bytes:
    content = sys.stdin.buffer.read(MOST_BYTES + 1) if file == "-" else read_content(Path(file))
    if isinstance(content, NoContent):
        raise _UsageError(f"--sql: {file} cannot be read: {content.why}")
    if len(content) > MOST_BYTES:
        raise _UsageError(f"--sql: {file} is larger than {MOST_BYTES // 1_000_000} MB, the most that a config may have")
    return content


def _write(new: NewTable, answers: Answers, query: _Query | None) -> int:
    """Writes the file unless something in it is wrong, which only a given query or source can be.

    What `require` asks for and no question did is left to whoever goes on with the file.
    """
    path, text = new.path(answers.table), config_text(answers)
    first_line = text.partition("\nmain_sql: ")[0].count("\n") + 3
    found = list(draft.problems([Draft(path=path, text=text)], new.folder))
    if any(problem.level == "error" and problem.rule != _REQUIRED for problem in found):
        print(*(one_line(query.place(problem, first_line) if query else problem) for problem in found), sep="\n")
        print("Nothing was written.", file=sys.stderr)
        return PROBLEMS
    try:
        whole_file.write(path, text, replace_existing=new.may_replace)
    except FileExistsError:
        raise _UsageError(f"{shown_name(path)} exists") from None
    except OSError as error:
        raise _UsageError(f"{path} cannot be written: {error.strerror}") from error
    guessed = answers.sheet or answers.csv
    words = _words_after_guess(guessed) if guessed else _words_after(is_example=query is None)
    name = shown_name(path)
    print(f"Wrote {name}.", *map(one_line, found), "Next:", sep="\n")
    print(*(f"  {number}. {step}" for number, step in enumerate((*words, *_last_steps(name)), 1)), sep="\n")
    return OK


def _words_after(*, is_example: bool) -> Iterator[str]:
    what = "the example query and the numbers" if is_example else "the numbers"
    yield f"Replace {what} in the checks with yours."


def _words_after_guess(found: SheetDraft | CsvDraft) -> Iterator[str]:
    source = found.range if isinstance(found, SheetDraft) else found.source.file
    looked_at = f"{counted(found.rows, 'row')} of {source}"
    yield f"Look at the types of the {counted(len(found.columns), 'column')}, which are guessed from {looked_at}."
    yield "Add a check to each column that may not be empty: `checks: [not_null]`."


def _last_steps(name: str) -> Iterator[str]:
    yield f"summary-tables lint {name}"
    yield "Open a pull request with the file."
