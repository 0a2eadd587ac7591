"""A few rows of what readers see: which columns may be shown, and values of any kind."""

from dataclasses import replace

import pytest

from summary_tables.model.table import DeclaredColumn, Limits, SummaryTable
from summary_tables.warehouse.first_rows import CHARACTERS, ROWS, FirstRows, first_rows
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.session import QUERY_CANCELED, open_session
from tests.warehouse.postgres.database import (
    BUILDER,
    READER,
    TABLE,
    WAREHOUSE,
    Database,
    build_and_show,
    create,
    show,
    table_with,
)

PEOPLE = "SELECT 1 AS id, 'jin@example.com' AS mail"
ID, MAIL = DeclaredColumn(name="id"), DeclaredColumn(name="mail")
MARKED = replace(MAIL, pii=True)


def found(database: Database, table: SummaryTable, role: str = BUILDER, seconds: float = 30) -> FirstRows | None:
    limits = Limits(statement_timeout_minutes=seconds / 60)
    with (
        database.connect(role) as connection,
        open_session(connection, WAREHOUSE, limits, shows_values=False) as session,
        session.transaction(read_only=True),
    ):
        return first_rows(session, table)


def with_columns(*columns: DeclaredColumn) -> SummaryTable:
    return table_with(columns=columns)


def test_all_columns_of_a_file_that_declares_none(database: Database) -> None:
    build_and_show(database, PEOPLE)
    assert found(database, TABLE) == FirstRows(columns=("id", "mail"), rows=(("1", "jin@example.com"),))


@pytest.mark.parametrize(
    ("built", "now", "left"),
    [
        ((ID, MARKED), (ID, MARKED), {"personal": ("mail",)}),
        # The file says it, and the build that readers see is from before.
        ((), (ID, MARKED), {"personal": ("mail",)}),
        # The file has lost the column, its mark, or all of its columns, and the build is from before.
        ((ID, MARKED), (ID,), {"personal": ("mail",)}),
        ((ID, MARKED), (ID, MAIL), {"personal": ("mail",)}),
        ((ID, MARKED), (), {"personal": ("mail",)}),
        # A column that the file does not know, or knows by another name.
        ((), (ID,), {"undeclared": ("mail",)}),
        ((), (ID, replace(MARKED, name="address")), {"undeclared": ("mail",)}),
        ((), (ID, replace(MAIL, name="Mail")), {"undeclared": ("mail",)}),
    ],
)
def test_column_that_may_hold_personal_data(
    built: tuple[DeclaredColumn, ...],
    now: tuple[DeclaredColumn, ...],
    left: dict[str, tuple[str, ...]],
    database: Database,
) -> None:
    build_and_show(database, PEOPLE, with_columns(*built))
    assert found(database, with_columns(*now)) == FirstRows(columns=("id",), rows=(("1",),), **left)


def test_version_that_is_shown_again_keeps_its_marks(database: Database) -> None:
    """By the time of a roll-back, the file has no columns any more."""
    old = build_and_show(database, PEOPLE, with_columns(ID, MARKED))
    build_and_show(database, PEOPLE, number=2)
    database.admin(
        "CREATE OR REPLACE VIEW analytics.daily AS SELECT id, mail "
        f'FROM summary_tables."{old.version}"; COMMENT ON COLUMN analytics.daily.mail IS NULL'
    )
    assert found(database, TABLE) == FirstRows(columns=("id",), rows=(("1",),), personal=("mail",))


def test_mark_on_the_view_alone(database: Database) -> None:
    """The version was built before the file marked the column, and published after it."""
    build_and_show(database, PEOPLE)
    database.admin("COMMENT ON COLUMN analytics.daily.mail IS 'Where to write. Personal data.'")
    assert found(database, TABLE) == FirstRows(columns=("id",), rows=(("1",),), personal=("mail",))


def test_no_column_is_left(database: Database) -> None:
    build_and_show(database, "SELECT 'jin@example.com' AS mail", with_columns(MARKED))
    assert found(database, with_columns(MARKED)) == FirstRows(columns=(), rows=(), personal=("mail",))


def test_never_more_than_a_few(database: Database) -> None:
    build_and_show(database, "SELECT number FROM generate_series(1, 1000) AS number")
    rows = found(database, TABLE)
    assert rows is not None
    assert len(rows.rows) == ROWS


def test_values_of_any_kind(any_database: Database) -> None:
    query = (
        "SELECT '<script>' || chr(8238) AS \"<b>\", '한국 🙂' AS korean, repeat('가', 1000000) AS long, "
        "decode('00ff', 'hex') AS bytes, '{\"a\": 1}'::json AS json, ARRAY[1, NULL] AS list, "
        "true AS yes, NULL::boolean AS unknown, '-infinity'::timestamptz AS moment"
    )
    build_and_show(any_database, query)
    rows = found(any_database, TABLE)
    assert rows is not None
    assert rows.columns[0] == "<b>"
    assert rows.rows == (
        (
            "<script>\u202e",
            "한국 🙂",
            "가" * (CHARACTERS + 1),
            "\\x00ff",
            '{"a": 1}',
            "{1,NULL}",
            "true",
            None,
            "-infinity",
        ),
    )


def test_nothing_that_is_not_a_build_of_ours(database: Database) -> None:
    """Whoever writes a file could name any table in it."""
    assert found(database, TABLE) is None
    create(database, PEOPLE)
    database.admin(f"CREATE TABLE analytics.daily (salary int); ALTER TABLE analytics.daily OWNER TO {BUILDER}")
    assert found(database, TABLE) is None
    database.admin("DROP TABLE analytics.daily; CREATE VIEW analytics.daily AS SELECT 1 AS salary")
    assert found(database, TABLE) is None


def test_right_that_is_missing(database: Database) -> None:
    show(database, create(database, PEOPLE))
    with pytest.raises(WarehouseError) as refused:
        found(database, TABLE, READER)
    assert refused.value.sqlstate == INSUFFICIENT_PRIVILEGE


def test_table_that_somebody_locks(database: Database) -> None:
    build_and_show(database, PEOPLE)
    with database.connect() as other, other.transaction():
        other.execute("LOCK TABLE analytics.daily IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(WarehouseError) as ended:
            found(database, TABLE, seconds=0.2)
    assert ended.value.sqlstate == QUERY_CANCELED
