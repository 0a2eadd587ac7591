"""A file says in exactly one way where its rows come from, and what the cells of a CSV file or a sheet must be."""

from collections.abc import Iterator

from summary_tables.configs.schema.keys import meant_key
from summary_tables.configs.schema.mistake import KeyFinding, SchemaError
from summary_tables.configs.schema_files import owners_of_keys
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import quoted

_QUERY = "main_sql"
_CELLS = ("google_sheet", "csv")
_COLUMNS = "columns"


def is_about(error: SchemaError) -> bool:
    """Whether `mistakes` explains the error."""
    return not error.path and (
        error.keyword == "oneOf" or (error.keyword == "dependentRequired" and _CELLS[0] in error.limit)
    )


def mistakes(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """None where what is missing is there under another name: that is told of the name."""
    known = list(error.subschema["properties"])
    there = [key for key in (_QUERY, *_CELLS) if key in error.value]
    meant = {meant_key(str(key), (), error.value, known) for key in error.value if key not in known}
    if error.keyword == "dependentRequired":
        if _COLUMNS not in meant and _QUERY not in there:
            yield _missing_columns(next(key for key in there if key in _CELLS), document)
    elif len(there) > 1:
        yield _too_many(there, document)
    elif not meant & {_QUERY, *_CELLS} and not any(_belongs_to_cells(str(key)) for key in error.value):
        yield _missing_query(document)


def _belongs_to_cells(key: str) -> bool:
    """Whether it stands under a source and nowhere else, so that it is told to be moved there."""
    owners = owners_of_keys().get(key, ())
    return bool(owners) and all(owner in _CELLS for owner in owners)


def _missing_query(document: YamlDocument) -> Finding[Place]:
    return KeyFinding(
        rule="missing-key",
        place=document.span_of_value(()),
        message=f"`{_QUERY}` is missing from this file",
        fix=f"add `{_QUERY}:`",
        meant=_QUERY,
    )


def _missing_columns(source: str, document: YamlDocument) -> Finding[Place]:
    return KeyFinding(
        rule="missing-key",
        place=document.span_of_key((source,)),
        message=f"`{_COLUMNS}` is missing from this file: it says what each cell of `{source}` must be",
        fix="add `columns:`, and a line such as `- {name: month, type: date}` for each column",
        meant=_COLUMNS,
    )


def _too_many(there: list[str], document: YamlDocument) -> Finding[Place]:
    often = "twice" if len(there) == 2 else f"{len(there)} times"
    return KeyFinding(
        rule="shape",
        place=document.span_of_key((there[1],)),
        message=f"this file says {often} where its rows come from: {quoted(there)}",
        fix="keep one of them and delete the " + ("other" if len(there) == 2 else "others"),
        meant=_QUERY,
    )
