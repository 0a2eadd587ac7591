"""Numbers keep the spelling of their file where a column may hold texts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.checks.kinds.accepted_values import AcceptedValues
from summary_tables.checks.kinds.range import Range
from summary_tables.configs.config import from_data
from summary_tables.configs.yaml import loader
from summary_tables.text.written_number import as_written

SPELLINGS = (
    "1.10",
    "1.0",
    "01234",
    "+5",
    "-0",
    ".5",
    "5.",
    "1e3",
    "1E+3",
    "012",
    "0",
    "7",
    "-1.50",
    "0.1",
    "1" + "0" * 17,
)
DIGITS = st.text("0123456789", min_size=1, max_size=12)
NUMBERS = st.sampled_from(SPELLINGS) | st.builds(
    "{}{}{}".format, st.sampled_from(["", "-", "+"]), DIGITS, st.sampled_from(["", ".", ".0", ".50", "e3", "E-2"])
)


def value_of(text: str) -> object:
    node = loader.compose(text)
    assert node is not None
    return loader.data(node)


@given(NUMBERS)
def test_a_number_is_one_and_is_written_as_in_the_file(text: str) -> None:
    value = value_of(text)
    assert isinstance(value, int | float)
    assert value == float(text)
    assert as_written(value) == text


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "0x10", "1_000", "2023-01-01", "12:30", ".inf", ".nan", "9" * 19, '"01"']
)
def test_what_is_a_text_is_written_as_it_is(text: str) -> None:
    assert as_written(value_of(text)) == text.strip('"')


def test_true_and_false_are_those_of_the_warehouse() -> None:
    assert (as_written(value_of("True")), as_written(value_of("false"))) == ("true", "false")


def test_a_check_compares_with_what_was_written() -> None:
    accepted = AcceptedValues.from_item(
        {"accepted_values": value_of("{column: version, values: [1.9, 1.10, 01, true]}")}
    )
    assert "NOT IN ('1.9', '1.10', '01', 'true')" in accepted.sql
    limits = Range.from_item({"range": value_of("{column: price, min: 0.10, max: 12345678901234567890.125}")})
    assert '"price" < 0.10 OR "price" > 12345678901234567890.125' in limits.sql


def test_what_airflow_and_a_warehouse_are_told_are_plain_numbers() -> None:
    """dag-factory writes a DAG's values as YAML, which knows no numbers but its own."""
    data = value_of("{table: a, schema: b, main_sql: SELECT 1, retries: 02, attributes: {fillfactor: 090}}")
    assert isinstance(data, dict)
    config = from_data(data, {}, Path("a.yaml"))
    assert (type(config.table.retries), type(config.table.attributes.fillfactor)) == (int, int)
    assert (config.table.retries, config.table.attributes.fillfactor) == (2, 90)
