"""Cells that are accepted are accepted by a real server, too, and come back equal; all others are told."""

import json
import math
import struct
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.model.column import Column
from summary_tables.sheets.values import Moment
from summary_tables.warehouse.session.session import open_session
from summary_tables.warehouse.sources.cells.cell import Wrong
from summary_tables.warehouse.sources.cells.column_types import conversion
from summary_tables.warehouse.sources.cells.source import load
from tests.warehouse.postgres.database import WAREHOUSE, Database

NUMBERS = st.one_of(
    st.from_regex(r"[+-]?[0-9]{0,25}(\.[0-9]{0,25})?([eE][+-]?[0-9]{1,5})?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,3}(,[0-9]{3})*", fullmatch=True),
    st.floats().map(repr),
    st.floats(),
    st.integers().map(str),
    st.sampled_from(
        ["0", "-0", "1e-400", "1e400", "3.4028235677973366e38", "1e-46", "\uff19", "1_000", " 7 ", "5.", ".5"]
    ),
)
MOMENTS = st.one_of(
    st.datetimes().map(str),
    st.datetimes(timezones=st.just(UTC)).map(str),
    st.dates().map(str),
    st.times().map(str),
    st.floats(-700_000, 3_000_000).map(Moment),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?", fullmatch=True),
    st.sampled_from(
        ["0001-01-01 00:00+15:59", "9999-12-31 23:59-15:59", "2026-02-30", "24:00", "23:59:60", "2026-1-1", "infinity"]
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
).map(lambda value: json.dumps(value, ensure_ascii=False))
TEXTS = st.one_of(
    st.text(), st.text(st.characters(exclude_categories=[])), st.booleans(), st.floats(), st.uuids().map(str), JSON
)
CELLS = st.one_of(NUMBERS, MOMENTS, TEXTS)


def single(number: float) -> float:
    return float(struct.unpack("f", struct.pack("f", number))[0])


def is_number(stored: Any, cell: Any) -> bool:
    return bool(Decimal(str(cell).strip()) == stored) if isinstance(cell, str) else math.isclose(stored, cell)


def is_moment(stored: Any, cell: Any) -> bool:
    if not isinstance(cell, str):
        return True
    return bool(datetime.fromisoformat(cell.strip().replace("Z", "+00")).replace(tzinfo=None) == stored)


def is_moment_in_utc(stored: Any, cell: Any) -> bool:
    if not isinstance(cell, str):
        return True
    wanted = datetime.fromisoformat(cell.strip())
    return bool((wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)) == stored)


def exactly(written: str) -> Any:
    return json.loads(written, parse_float=Decimal, parse_int=Decimal)


EQUAL: dict[str, Callable[[Any, Any], bool]] = {
    "text": lambda stored, cell: stored == cell or not isinstance(cell, str),
    "character varying(5)": lambda stored, cell: stored == cell or not isinstance(cell, str),
    "character(3)": lambda stored, cell: stored == str(cell).ljust(3) or not isinstance(cell, str),
    "smallint": is_number,
    "integer": is_number,
    "bigint": is_number,
    "numeric": is_number,
    "numeric(6,2)": is_number,
    "numeric(3,5)": is_number,
    "numeric(3,-2)": is_number,
    "real": lambda stored, cell: single(stored) == single(float(cell)),
    "double precision": lambda stored, cell: stored == float(cell),
    "boolean": lambda stored, cell: stored == (str(cell).strip().lower() in ("true", "t", "yes", "y", "1", "1.0")),
    "date": lambda stored, cell: not isinstance(cell, str) or stored == date.fromisoformat(cell.strip()),
    "timestamp without time zone": is_moment,
    "timestamp(3) without time zone": is_moment,
    "timestamp with time zone": is_moment_in_utc,
    "time without time zone": lambda stored, cell: (
        not isinstance(cell, str) or stored == time.fromisoformat(cell.strip())
    ),
    "uuid": lambda stored, cell: stored.hex == cell.strip().replace("-", "").lower(),
    "json": lambda stored, cell: exactly(stored) == exactly(cell if isinstance(cell, str) else json.dumps(cell)),
    "jsonb": lambda stored, cell: exactly(stored) == exactly(cell if isinstance(cell, str) else json.dumps(cell)),
}


@pytest.mark.parametrize("full_type", EQUAL)
def test_what_is_accepted_comes_back_equal(full_type: str, database: Database) -> None:
    convert = conversion(full_type)
    assert convert is not None
    shown = "cell::text" if full_type.startswith("json") else "cell"
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:

        @settings(max_examples=60, deadline=None)
        @given(st.lists(CELLS, min_size=1, max_size=25))
        def comes_back(cells: Sequence[Any]) -> None:
            found = [(cell, convert(cell)) for cell in cells]
            accepted = [(cell, value) for cell, value in found if not isinstance(value, Wrong)]
            with session.transaction(keep=False):
                session.execute(f"CREATE TEMPORARY TABLE cells (place integer, cell {full_type}) ON COMMIT DROP")
                columns = (Column(name="place", type="integer"), Column(name="cell", type=full_type))
                rows = [(str(place), value) for place, (_, value) in enumerate(accepted)]
                assert load(session, "pg_temp.cells", columns, rows) == len(accepted)
                stored = connection.execute(f"SELECT {shown} FROM pg_temp.cells ORDER BY place".encode()).fetchall()
            for (cell, value), (back,) in zip(accepted, stored, strict=True):
                assert EQUAL[full_type](back, cell), (cell, value, back)

        comes_back()
