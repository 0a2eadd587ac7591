"""DAGs that copy a Google Sheet into the warehouse, or a query into a sheet: how that is written here.

In the course, `gsheet.get_google_sheet_to_csv(url, tab, ...)` fills the table of a dict with `url`, `tab`, `schema` and
`table`, and `gsheet.update_sheet(...)` writes the rows of a query.
"""

import re
import shlex
from collections.abc import Iterator, Mapping

from summary_tables.commands.import_course.source import Computed, CourseFile, Dict, Literal
from summary_tables.commands.import_course.table import problem_at
from summary_tables.model.problem import Problem

_WRITES: re.Pattern[str] = re.compile(
    r"\bupdate_sheet\s*\(|\bsheet_?(?:file_?)?(?:name|gid)\b|\bworksheet\b.*\bupdate\w*\("
)


def is_from_sheet(table: Dict) -> bool:
    """Is its table filled from a tab of a sheet?"""
    return {"url", "tab"} <= {entry.key for entry in table.entries}


def writes_to_sheet(piece: Computed) -> bool:
    """Does this code write to a sheet?"""
    return _WRITES.search(piece.source) is not None


def sheet_problems(found: CourseFile, file: str) -> Iterator[Problem]:
    """What to do with each table from a sheet, and with the first code that writes to one."""
    for table in filter(is_from_sheet, found.tables):
        name = _texts(table).get("table", "")
        what = f"the table `{name}`" if name else "this table"
        message = f"{what} comes from a Google Sheet; which columns it has, and of which types, only the sheet shows"
        yield problem_at(file, table.place, message, f"run\n{_command(_texts(table))}")
    written = next(filter(writes_to_sheet, found.leftovers), None)
    if written:
        message = "this code writes to a Google Sheet, which a table's file says with `export`"
        fix = "add to the file of the table\nexport:\n  google_sheet: {spreadsheet: ADDRESS, range: Report!A1}"
        yield problem_at(file, written.place, message, fix, level="warning")


def _texts(table: Dict) -> Mapping[str, str]:
    values = ((entry.key, entry.value) for entry in table.entries)
    return {key: str(value.value) for key, value in values if isinstance(value, Literal)}


def _command(given: Mapping[str, str]) -> str:
    flags = (("--table", "table"), ("--schema", "schema"), ("--from-sheet", "url"), ("--range", "tab"))
    words = [word for flag, key in flags if key in given for word in (flag, given[key])]
    return shlex.join(["summary-tables", "new", *words])
