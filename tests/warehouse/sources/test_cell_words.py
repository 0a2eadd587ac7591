"""What is said of a cell that is no value of its column."""

import unicodedata

import pytest

from summary_tables.sheets.values import Moment
from summary_tables.warehouse.sources.cells.cell import CellValue, Wrong
from summary_tables.warehouse.sources.cells.column_types import conversion
from summary_tables.warehouse.sources.cells.columns import plain_header
from summary_tables.warehouse.sources.cells.mistakes import cell_words

NO_SUCH = "is written right, but there is no such day or time"
NO_DATE = "is not a date; write it like 2026-12-31"


@pytest.mark.parametrize(
    ("full_type", "cell", "words"),
    [
        ("numeric(12,2)", "12,5OO", '"12,5OO" is not a number'),
        ("numeric(12,2)", "12,500", '"12,500" is not a number; write 12500, if that is what it means'),
        ("numeric(12,2)", "₩12", '"₩12" is not a number; write the number alone, without a unit'),
        ("numeric(12,2)", "12,5", '"12,5" is not a number; write 12.5, if that is what it means'),
        ("numeric(12,2)", "1.234,56", '"1.234,56" is not a number; write 1234.56, if that is what it means'),
        ("numeric(12,2)", "1\u00a0200", '"1\u00a0200" is not a number; write 1200, if that is what it means'),
        ("numeric(12,2)", "\u22125", '"\u22125" is not a number; write -5, in plain signs'),
        ("integer", "\uff11\uff12", '"\uff11\uff12" is not a whole number; write 12, in plain signs'),
        ("integer", "12,500", '"12,500" is not a whole number; write 12500, if that is what it means'),
        ("integer", "12,5", '"12,5" is not a whole number'),
        ("bigint", 1e20, f'"1e+20" is out of range: the column takes {-(2**63)} to {2**63 - 1}'),
        (
            "time without time zone",
            Moment(1.5),
            '"1899-12-31 12:00:00" is no time of day, as it has a date, or 24 hours and more; leave those out, or make '
            "the column a timestamp",
        ),
        ("numeric(12,2)", "1.005", '"1.005" has more than 2 digits behind the decimal point'),
        ("numeric(3,0)", 1000.0, '"1000" is too large: the column has room for 3 digits before the decimal point'),
        ("integer", "1.5", '"1.5" is not a whole number'),
        ("integer", "2147483648", '"2147483648" is out of range: the column takes -2147483648 to 2147483647'),
        ("integer", "9" * 5000, f'"{"9" * 60}…" is out of range: the column takes -2147483648 to 2147483647'),
        ("real", "1e39", '"1e39" is out of range: the column keeps no number so large or so small'),
        ("boolean", "maybe", '"maybe" is neither true nor false'),
        ("date", "31.12.2026", f'"31.12.2026" {NO_DATE}'),
        ("date", "2026-02-30", f'"2026-02-30" {NO_SUCH}'),
        ("timestamp without time zone", "2026-12-31 24:00", f'"2026-12-31 24:00" {NO_SUCH}'),
        ("timestamp with time zone", "0001-01-01 00:00+09", f'"0001-01-01 00:00+09" {NO_SUCH}'),
        ("timestamp without time zone", "noon", '"noon" is not a moment; write it like 2026-12-31 18:30:00'),
        (
            "timestamp without time zone",
            "2026-12-31 18:30+09:00",
            '"2026-12-31 18:30+09:00" has a time zone, which the column does not keep; leave it out, or make the '
            "column timestamptz",
        ),
        (
            "timestamp(0) without time zone",
            "2026-12-31 18:30:00.5",
            '"2026-12-31 18:30:00.5" is more precise than the column, which keeps 0 digits of a second',
        ),
        ("time without time zone", "24:00", f'"24:00" {NO_SUCH}'),
        ("uuid", "1234", '"1234" is not a UUID'),
        ("json", "{a: 1}", '"{a: 1}" is not JSON'),
        ("json", "[" * 5000 + "]" * 5000, f'"{"[" * 60}…" is nested too deep'),
        ("json", '"\\\\\\u0000"', '"\\"\\\\\\\\\\\\u0000\\"" has a character that no warehouse stores; delete it'),
        ("jsonb", '"\\ude00"', '"\\"\\\\ude00\\"" has a character that no warehouse stores; delete it'),
        ("text", "a\x00", '"a␀" has a character that no warehouse stores; delete it'),
        ("character varying(2)", "한국어", '"한국어" has 3 characters: the column keeps 2'),
    ],
)
def test_words(full_type: str, cell: CellValue, words: str) -> None:
    assert said(full_type, cell) == words


@pytest.mark.parametrize("full_type", ["text", "bigint", "numeric(20,0)"])
@pytest.mark.parametrize("number", [1234567890123456, 2**53, -(2**53)])
def test_whole_numbers_keep_all_their_digits(full_type: str, number: int) -> None:
    convert = conversion(full_type)
    assert convert is not None
    assert convert(float(number)) == str(number)


def test_bytes_count_where_they_do() -> None:
    assert said("character varying(5)", "한국", counts_bytes=True) == '"한국" has 6 bytes: the column keeps 5'


def test_value_that_may_not_be_shown() -> None:
    wrong = Wrong("is not a date")
    assert cell_words("1.1.1970", wrong, column="born", shows_value=False) == 'the value of "born" is not a date'


def said(full_type: str, cell: CellValue, *, counts_bytes: bool = False) -> str:
    convert = conversion(full_type, counts_bytes=counts_bytes)
    assert convert is not None
    assert cell is not None
    assert not isinstance(cell, Wrong)
    wrong = convert(cell)
    assert isinstance(wrong, Wrong)
    words = cell_words(cell, wrong, column="c", shows_value=True)
    return f"{words}; {wrong.fix}" if wrong.fix else words


@pytest.mark.parametrize(
    ("full_type", "cell", "value"),
    [
        ("text", "00501", "00501"),
        ("text", 501.0, "501"),
        ("text", True, "TRUE"),
        ("text", " =A1 ", " =A1 "),
        ("numeric", 0.1 + 0.2, "0.3"),
        ("jsonb", '"\\ud83d\\uDE00"', '"\\ud83d\\uDE00"'),
        ("jsonb", '"\\\\u0000"', '"\\\\u0000"'),
        ("integer", 5.0, "5"),
        ("boolean", True, "true"),
        ("timestamp with time zone", "2026-01-01 03:00+09:00", "2025-12-31 18:00:00+00"),
    ],
)
def test_values(full_type: str, cell: str | float | bool, value: str) -> None:
    convert = conversion(full_type)
    assert convert is not None
    assert convert(cell) == value


@pytest.mark.parametrize("full_type", ["integer[]", "bytea", "interval", "inet", "money", "", "numeric(3"])
def test_types_that_no_cell_becomes(full_type: str) -> None:
    assert conversion(full_type) is None


@pytest.mark.parametrize(
    "header", ["채널 수", " 채널\n수 ", "채널\u00a0수", "\ufeff채널 수\u200b", unicodedata.normalize("NFD", "채널 수")]
)
def test_headers_that_look_alike_are_one(header: str) -> None:
    assert plain_header(header) == "채널 수"


def test_parts_of_an_emoji_stay() -> None:
    assert plain_header("👩\u200d💻") == "👩\u200d💻"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2026-11-21 06:00", "2026-11-20 21:00:00+00"),
        ("2026-11-21T06:00:00Z", "2026-11-21 06:00:00+00"),
        ("2026-11-21 06:00+01:00", "2026-11-21 05:00:00+00"),
    ],
)
def test_a_time_without_a_zone_is_in_that_of_the_table(written: str, stored: str) -> None:
    convert = conversion("timestamp with time zone", zone="Asia/Seoul")
    assert convert
    assert convert(written) == stored


def test_a_time_that_the_clocks_of_the_table_show_twice_or_never_is_none() -> None:
    convert = conversion("timestamp with time zone", zone="Europe/Berlin")
    assert convert
    fix = "write its distance to UTC behind it, as in +01:00"
    assert convert("2026-10-25 02:30") == Wrong("is a time that the clocks of Europe/Berlin show twice", fix)
    assert convert("2026-03-29 02:30") == Wrong("is a time that the clocks of Europe/Berlin show never", fix)
    assert convert("2026-10-25 02:30+01:00") == "2026-10-25 01:30:00+00"
