"""What a cell of a CSV file becomes is what PostgreSQL itself makes of the same text."""

import csv
import io

import pytest

from summary_tables.model.row_source import CsvFile
from summary_tables.model.table import DeclaredColumn
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.publish import publish_version
from summary_tables.warehouse.session.session import open_session
from summary_tables.warehouse.sources.cells.cell import Wrong
from summary_tables.warehouse.sources.cells.column_types import conversion
from summary_tables.warehouse.sources.cells.source import CellRows
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid
from tests.warehouse.postgres.database import WAREHOUSE, Database, run, table_with

TYPES = {
    "text": "text",
    "varchar(20)": "character varying(20)",
    "char(3)": "character(3)",
    "smallint": "smallint",
    "bigint": "bigint",
    "numeric": "numeric",
    "numeric(12,2)": "numeric(12,2)",
    "real": "real",
    "double precision": "double precision",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp without time zone",
    "timestamp(0)": "timestamp(0) without time zone",
    "timestamptz": "timestamp with time zone",
    "time": "time without time zone",
    "uuid": "uuid",
    "json": "json",
    "jsonb": "jsonb",
}
TEXTS = (
    *(
        "\\N",
        "\\.",
        "\\t",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "a\rb",
        'q"q',
        "한국어",
        "😀",
        "=1+1",
        " x ",
        "NULL",
        "\\",
        "\\\\",
    ),
    *("\x01", "\x0b", "\u2028", "\x85", "0", "1", "-5", "+5", "007", "1.50", "5.", "-.5", ".5", "1e3", "1e-7", "1.0"),
    *("32767", "32768", "9223372036854775807", "9999999999.99", "99999999999.99", "3.4e38", "1e-40", "Infinity", "NaN"),
    *("true", "No", "T", "y", "2026-01-05", "0001-01-01", "9999-12-31", " 2026-01-05 ", "2026-01-05 18:30"),
    *("2026-01-05T18:30:00.25", "2026-01-05 18:30+09:00", "2026-01-05T18:30:00Z", "18:30", "18:30:00.123456"),
    *("550e8400-e29b-41d4-a716-446655440000", "550E8400E29B41D4A716446655440000", '{"a": [1, 2.50, null], "a": "x"}'),
    *('"\\ud83d\\ude00"', '"\\\\u0000"', "[1e3]", "null", '"\\u0041"'),
)


@pytest.mark.parametrize("written", TYPES)
def test_values_are_those_of_the_warehouse(database: Database, written: str) -> None:
    convert = conversion(TYPES[written])
    assert convert is not None
    good = [text for text in TEXTS if not isinstance(convert(text), Wrong)]
    content = io.StringIO()
    csv.writer(content).writerows([["place", "value"], *enumerate(good)])
    columns = (DeclaredColumn(name="place", type="integer"), DeclaredColumn(name="value", type=written))
    table = table_with(columns=columns, csv=CsvFile(file="a.csv"))
    rows = CellRows(table, lambda: CsvGrid(name="a.csv", text=content.getvalue(), source=CsvFile(file="a.csv")))
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        publish_version(session, table, build_version(session, table, run(), rows).version)
    found = database.admin(f"SELECT value::text FROM {table.full_name} ORDER BY place")
    # `5.0` is a whole number to people, and none to the type.
    first = "numeric" if written in ("smallint", "bigint") else written
    cast = f"SELECT (%s::{first}::{written})::text".encode()
    with database.connect() as connection:
        assert found == [connection.execute(cast, (text,)).fetchone() for text in good]
