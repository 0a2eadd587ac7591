"""What is built, published and previewed does not depend on where the rows come from: here, from a list."""

from dataclasses import dataclass

import pytest

from summary_tables.model.column import Column
from summary_tables.model.table import DeclaredColumn, Refresh, SummaryTable
from summary_tables.runs.scratch.scratch_session import scratch_session
from summary_tables.runs.scratch.scratch_table import fill
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.statements.copying import COPY
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.publish import publish_version
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session, open_session
from summary_tables.warehouse.sources.read_only_copy import READ_ONLY_COPY
from summary_tables.warehouse.sources.source import Source
from tests.warehouse.postgres.database import READER, WAREHOUSE, Database, run, table_with


@dataclass(frozen=True)
class Targets:
    """A month and a number in each row, as a sheet would have them."""

    rows: tuple[tuple[str, int], ...]

    def columns(self, _session: Session) -> tuple[str, ...]:
        return ("month", "target")

    def typed_columns(self, _session: Session) -> tuple[Column, ...]:
        return Column(name="month", type="date"), Column(name="target", type="integer")

    def fill_version(self, session: Session, table: SummaryTable, version: str) -> int:
        empty = "SELECT date '2026-01-01' AS month, 1 AS target LIMIT 0"
        session.execute(session.sql.versions.create_version(version, table.attributes, empty))
        return self._fill(session, f'"{session.warehouse.versions_schema}"."{version}"')

    def fill_copy(self, session: Session) -> int:
        session.execute(f"CREATE TEMPORARY TABLE {COPY} (month date, target integer) ON COMMIT DROP")
        return self._fill(session, READ_ONLY_COPY)

    def _fill(self, session: Session, relation: str) -> int:
        values = ", ".join(f"({literal(month)}, {target})" for month, target in self.rows)
        return session.execute(f"INSERT INTO {relation} VALUES {values}")


TARGETS: Source = Targets((("2026-01-01", 5), ("2026-02-01", 7), ("2026-03-01", 9)))


def test_it_is_built_and_published(database: Database) -> None:
    table = table_with(max_rows=3)
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        build = build_version(session, table, run(), TARGETS)
        publish_version(session, table, build.version)
    assert (build.rows, build.columns) == (3, ("month", "target"))
    with database.connect(READER) as connection:
        seen = connection.execute(f"SELECT month::text, target FROM {table.full_name}".encode()).fetchall()
    assert sorted(seen) == [("2026-01-01", 5), ("2026-02-01", 7), ("2026-03-01", 9)]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            table_with(max_rows=2),
            "The query returned 3 rows; at most 2 are allowed (`max_rows`). Nothing of them was kept. Look for a JOIN "
            "that multiplies rows; if so many are right, raise `max_rows`.",
        ),
        (
            table_with(refresh=Refresh(strategy="merge", unique_key=("id",))),
            '`unique_key` of `merge` names the column "id", which the query does not return. '
            "Its columns are: month, target.",
        ),
        (
            table_with(columns=(DeclaredColumn(name="month", type="text"),)),
            'The columns of the query are not those of `columns` in the file: "month" is date and not text; "target" '
            "is not in the file. Mend the query, or, where the query is right, `columns`.",
        ),
    ],
)
def test_what_is_refused_of_any_source(database: Database, table: SummaryTable, words: str) -> None:
    with (
        database.connect() as connection,
        open_session(connection, WAREHOUSE) as session,
        pytest.raises(WarehouseError) as refused,
    ):
        build_version(session, table, run(), TARGETS)
    assert str(refused.value) == words


def test_it_is_previewed(database: Database) -> None:
    with (
        database.connect() as connection,
        open_session(connection, WAREHOUSE) as session,
        scratch_session(session) as scratch,
    ):
        filled = fill(scratch, table_with(), run(), TARGETS, samples=True)
    assert (filled.rows, filled.columns) == (
        3,
        (Column(name="month", type="date"), Column(name="target", type="integer")),
    )
