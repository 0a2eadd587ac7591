"""What a query reads, column by column, as a catalogue of lineage is told it."""

from collections.abc import Sequence

import pytest

from summary_tables.airflow.openlineage.columns_read import Columns, ColumnsRead, columns_read
from summary_tables.model.source_table import TableKey
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.registry import dialect_of

ORDERS, USERS = ("raw_data", "orders"), ("raw_data", "users")
KNOWN = {
    ORDERS: [("id", "bigint"), ("user_id", "bigint"), ("amount", "numeric"), ("at", "date")],
    USERS: [("id", "bigint"), ("country", "text")],
}


def read(sql: str) -> ColumnsRead:
    asked: list[Sequence[TableKey]] = []

    def known(keys: Sequence[TableKey]) -> Columns:
        asked.append(keys)
        return {key: KNOWN[key] for key in keys if key in KNOWN}

    table = SummaryTable(table="sales", schema="analytics", main_sql=sql)
    found = columns_read(table, dialect_of("postgres"), known)
    assert len(asked) <= 1
    return found


def test_columns_of_two_tables_and_what_decides_on_rows() -> None:
    found = read(
        "SELECT u.country, sum(amount) AS amount FROM raw_data.orders o JOIN raw_data.users u ON u.id = o.user_id "
        "WHERE at >= '{{ ds }}' GROUP BY 1"
    )
    assert found == ColumnsRead(
        tables=(ORDERS, USERS),
        values={"country": ((USERS, "country"),), "amount": ((ORDERS, "amount"),)},
        rows=((ORDERS, "at"), (ORDERS, "user_id"), (USERS, "country"), (USERS, "id")),
    )


def test_all_columns_are_those_that_the_warehouse_has() -> None:
    assert read("SELECT * FROM raw_data.users").values == {
        "id": ((USERS, "id"),),
        "country": ((USERS, "country"),),
    }


def test_its_own_name_is_filled_in() -> None:
    assert read("SELECT n FROM {schema}.{table}").tables == (("analytics", "sales"),)


@pytest.mark.parametrize("sql", ["SELECT", "SELECT {% if x %}1{% endif %}", "SELECT * FROM users"])
def test_what_is_not_certain_is_left_out(sql: str) -> None:
    assert read(sql).tables == ()
    assert not any(read(sql).values.values())
