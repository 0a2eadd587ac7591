"""What a deployment wants every file to say (`require` and `recommend` in `defaults.yaml`), and where one does not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from summary_tables.checks import Check
from summary_tables.configs.table_file import TableFile
from summary_tables.model.placeholders import FRESH_TABLE
from summary_tables.model.problem import WHOLE_FILE, Finding, Place
from summary_tables.text.english import counted, quoted

_MOST_NAMES = 5


def lacking(file: TableFile, wanted: Iterable[str], key: str) -> Iterator[Finding[Place]]:
    """What `file` lacks of `wanted`, the list at `key` of `defaults.yaml`; a word that nobody knows is left out."""
    for name in dict.fromkeys(wanted):
        if found := _LACKS.get(name):
            yield from found(file, f"`{key}` in defaults.yaml")


Lacks = Callable[[TableFile, str], Iterator[Finding[Place]]]


def _description(file: TableFile, by: str) -> Iterator[Finding[Place]]:
    if not file.config.table.description.strip():
        message = f"the table has no `description`, which {by} asks for"
        fix = "write" if "description" in file.data else "add `description:` and"
        yield Finding(
            place=_place(file, "description"), message=message, fix=f"{fix} a sentence on what the table holds"
        )


def _owner(file: TableFile, by: str) -> Iterator[Finding[Place]]:
    if "owner" not in file.data:
        message = f"the file names no `owner` of its own, which {by} asks for"
        yield Finding(place=WHOLE_FILE, message=message, fix="add `owner:` and who answers for the table")


def _column_descriptions(file: TableFile, by: str) -> Iterator[Finding[Place]]:
    columns = file.config.table.columns
    if not columns:
        message = f"the file has no `columns`, of which {by} asks for a description each"
        yield Finding(place=_place(file, "columns"), message=message, fix="add `columns:` with name and description")
    bare = [index for index, column in enumerate(columns) if not column.description.strip()]
    if bare:
        first = bare[0]
        yield Finding(
            place=file.document.span_of_value(("columns", first, "name")),
            message=f"{_named([columns[index].name for index in bare])} no description, which {by} asks for",
            fix="add `description:` there, on what the column means",
        )


def _named(names: list[str]) -> str:
    shown = quoted(names) if len(names) <= _MOST_NAMES else counted(len(names), "column")
    return f"{shown} {'has' if len(names) == 1 else 'have'}"


def _row_count(file: TableFile, by: str) -> Iterator[Finding[Place]]:
    if not any(map(_counts_rows, file.config.table.output_check)):
        message = f"no output check looks at how many rows were built, which {by} asks for"
        yield Finding(place=_place(file, "output_check"), message=message, fix=_row_count_fix(file))


def _row_count_fix(file: TableFile) -> str:
    check = "\n  - row_count: {min: 1}"
    if "output_check" not in file.data:
        return f"add\noutput_check:{check}"
    written = file.document.source_of_value(("output_check",)).strip()
    if not file.data["output_check"]:
        return f"write in place of `output_check: {written}`\noutput_check:{check}"
    return (
        "add to `output_check`, in front of the last ]: `, {row_count: {min: 1}}`"
        if written.startswith("[")
        else f"add to `output_check`:{check}"
    )


def _counts_rows(check: Check) -> bool:
    """A query that counts the rows of the new table is as good."""
    if check.KEY in ("row_count", "row_count_equals", "row_count_change"):
        return True
    query = getattr(check, check.KEY, "") if check.IS_QUERY else ""
    return "count(" in query.lower().replace(" ", "") and bool(FRESH_TABLE.search(query))


def _place(file: TableFile, key: str) -> Place:
    return file.document.span_of_key((key,)) if key in file.data else WHOLE_FILE


_LACKS: Final[Mapping[str, Lacks]] = {
    "description": _description,
    "owner": _owner,
    "column_descriptions": _column_descriptions,
    "row_count": _row_count,
}
