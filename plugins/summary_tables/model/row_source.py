"""Where the rows of a table come from when they are no query's, and where they go besides the warehouse."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

GOOGLE_CONNECTION: Final = "google_cloud_default"
"""The id that Airflow itself gives a connection of the Google type."""

Separator: TypeAlias = Literal[",", ";", "|", "tab"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleSheet:
    """A part of a Google spreadsheet.

    `spreadsheet` is its id or its address, `range` a tab, a range or a named range as Google writes it; `header_row`
    counts from 1 inside of it.
    """

    spreadsheet: str
    range: str
    header_row: int = 1
    conn_id: str = GOOGLE_CONNECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A CSV file, whose first row has the headers. `file` is its path from the folder of the config."""

    file: str
    separator: Separator = ","

    @property
    def delimiter(self) -> str:
        """The one character between two cells."""
        return "\t" if self.separator == "tab" else self.separator


CellSource: TypeAlias = GoogleSheet | CsvFile
"""A grid of cells below a row of headers: each cell becomes a value as its column says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetExport:
    """A range of a Google spreadsheet to which the published table is written; `range` says where it begins.

    `columns`: none means all that have no personal data. `pii_columns` are those with personal data that the sheet may
    show all the same. `note`: whether the first cell gets a note with the run and its time.
    """

    spreadsheet: str
    range: str
    header: bool = True
    columns: tuple[str, ...] = ()
    pii_columns: tuple[str, ...] = ()
    max_cells: int = 200_000
    note: bool = False
    conn_id: str = GOOGLE_CONNECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Where the published table is written to as well."""

    google_sheet: SheetExport
