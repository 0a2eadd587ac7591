"""What `export` writes to a sheet are columns of the table, and personal data only where the file says so.

PASS: `columns: [date, nps]` below `export`, of a query that gives both
FAIL: `columns: [day]` there; `columns: [email]` where `email` has `pii: true` and `pii_columns` does not name it
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.facts.column_fix import column_fix
from summary_tables.lint.facts.output_columns import is_among, known_names, no_column
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.export_batch import place_of

_EXPORT: YamlPath = ("export", "google_sheet")


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    if file.config.table.export is None:
        return
    yield from _wrong_place(file)
    names = tuple(known_names(file))
    for path, column in _named(file) if names else ():
        if not is_among(column, names, file):
            fix = column_fix(column, names, is_list_item=True)
            yield Finding(place=file.document.span_of_value(path), message=no_column(file, column), fix=fix)
    yield from _personal_data(file)


RULE = Rule(check=check, level="error")


def _wrong_place(file: TableFile) -> Iterator[Finding[Place]]:
    export = file.config.table.export
    try:
        place_of(export.google_sheet.range if export else "")
    except SheetsError as error:
        place = file.document.span_of_value((*_EXPORT, "range"))
        why, _, fix = str(error).partition(". Write ")
        yield Finding(place=place, message=why, fix=f"write {fix.removesuffix('.')}")


def _named(file: TableFile) -> Iterator[tuple[YamlPath, str]]:
    export = file.config.table.export
    sheet = export.google_sheet if export else None
    for key in ("columns", "pii_columns") if sheet else ():
        yield from (((*_EXPORT, key, at), name) for at, name in enumerate(getattr(sheet, key)))


def _personal_data(file: TableFile) -> Iterator[Finding[Place]]:
    table = file.config.table
    allowed = table.export.google_sheet.pii_columns if table.export else ()
    for path, column in _named(file):
        if path[-2] == "columns" and column in table.pii_columns and column not in allowed:
            yield Finding(
                place=file.document.span_of_value(path),
                message=f"`{column}` has personal data (`pii: true`), which goes to no sheet",
                fix="leave it out, or name it in `pii_columns` of the export, too",
            )
