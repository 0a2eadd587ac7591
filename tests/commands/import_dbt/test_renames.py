"""Which views only give the columns of one table other names."""

import pytest

from summary_tables.commands.import_dbt.renames import Renames, renames
from summary_tables.sql.dialects.registry import dialect_of

POSTGRES = dialect_of("postgres")


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("select id as customer_id, name, upper(name) as shown from raw.c", {"customer_id": "id", "name": "name"}),
        ("select id, 'x' as kind from raw.c order by 1", {"id": "id"}),
        ("with source as (select * from raw.c) select id as a from source", {"a": "id"}),
        ("with s as (select * from raw.c), r as (select id as a, b::date as b from s) select * from r", {"a": "id"}),
    ],
)
def test_other_names(sql: str, columns: dict[str, str]) -> None:
    assert renames(sql, POSTGRES) == Renames(table="raw.c", columns=columns)


@pytest.mark.parametrize(
    "sql",
    [
        "select id from raw.c where id > 1",
        "select distinct id from raw.c",
        "select distinct on (id) id, n from raw.c",
        "select id from raw.c limit 3",
        "select id from raw.c group by id",
        "select max(id) as id from raw.c",
        "select id, unnest(items) as item from raw.c",
        "select a.id from raw.c a, raw.c b",
        "select a.id from raw.c a join raw.d b on true",
        "select id from raw.c union all select id from raw.c",
        "with source as (select * from raw.c where id > 1), r as (select id from source) select * from r",
        "with source as (select * from raw.c) select id from source where id > 1",
        'select "Id" from raw.c',
        "select 1 as one",
        "not SQL",
    ],
)
def test_something_else(sql: str) -> None:
    assert renames(sql, POSTGRES) is None
