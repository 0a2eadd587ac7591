"""Descriptions as comments: those of the file go with the file's words, those of other people stay."""

from summary_tables.model.table import DeclaredColumn, SummaryTable
from tests.warehouse.postgres.database import Database, build_and_show, table_with


def described(table: str = "", **columns: str) -> SummaryTable:
    declared = tuple(DeclaredColumn(name=name, description=text) for name, text in columns.items())
    return table_with(description=table, columns=declared)


def comments(database: Database) -> list[tuple[object, ...]]:
    return database.admin(
        "SELECT COALESCE(attname::text, ''), description FROM pg_description d "
        "LEFT JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid AND d.objsubid > 0 "
        "WHERE d.objoid = 'analytics.daily'::regclass ORDER BY 1"
    )


def test_a_description_that_is_gone_takes_its_comment_along(database: Database) -> None:
    build_and_show(database, table=described("It's daily.", day="The day.", n="Rows."))
    build_and_show(database, table=described("", day="", n="Events."), number=2)
    assert comments(database) == [("n", "Events.")]
    build_and_show(database, table=table_with(), number=3)
    assert comments(database) == []


def test_a_comment_that_somebody_wrote_stays(database: Database) -> None:
    build_and_show(database, table=described("Daily.", day="The day.", n=""))
    database.admin(
        "COMMENT ON VIEW analytics.daily IS 'Ask Jin.'; COMMENT ON COLUMN analytics.daily.n IS 'Ask Jin, too.'"
    )
    build_and_show(database, table=table_with(), number=2)
    assert comments(database) == [("", "Ask Jin."), ("n", "Ask Jin, too.")]


def test_a_comment_of_a_table_of_an_earlier_release_stays(database: Database) -> None:
    """Nobody knows whose it is, until the file has said it once more."""
    build_and_show(database, table=described("Daily."))
    database.admin("DROP TABLE summary_tables.declared")
    build_and_show(database, table=table_with(), number=2)
    assert comments(database) == [("", "Daily.")]
    build_and_show(database, table=described("Daily."), number=3)
    build_and_show(database, table=table_with(), number=4)
    assert comments(database) == []
