"""How a test of dbt is called as a check."""

import json

import pytest

from summary_tables.commands.import_dbt.checks import name_of
from summary_tables.dbt.records import DataTest
from tests.conftest import REPOSITORY

NAME = json.loads((REPOSITORY / "schemas" / "summary_table.schema.json").read_text("utf-8"))["$defs"]["check"][
    "properties"
]["name"]


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("", ""),
        ("each order\n  has a customer ", "each order has a customer"),
        ("이름이 있다", "이름이 있다"),
        ("🌱", "🌱"),
        ("---", ""),
        ("x" * NAME["maxLength"], "x" * NAME["maxLength"]),
        ("x" * (NAME["maxLength"] + 1), ""),
    ],
)
def test_a_description_that_a_check_may_be_called(description: str, name: str) -> None:
    test = DataTest(unique_id="test.shop.x", name="x", package="shop", description=description)
    assert name_of(test) == name
