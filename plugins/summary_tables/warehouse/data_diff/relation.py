"""A table as it is compared: where it stands, its columns, and which of them nobody may see values of."""

from dataclasses import dataclass

from summary_tables.model.column import Column
from summary_tables.model.increment import RUN_COLUMN
from summary_tables.model.table import PERSONAL_DATA
from summary_tables.sql.quoting import qualified
from summary_tables.warehouse.session.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`sql` is what a query calls it. `private`: columns with personal data."""

    sql: str
    columns: tuple[Column, ...]
    private: frozenset[str] = frozenset()


def standing(session: Session, schema: str, name: str) -> Relation:
    """A table or view of the warehouse; without columns where there is none. Raises `WarehouseError`.

    What is personal in it, the comments on its columns say. The column in which a version keeps what run its rows came
    from is not among its columns.
    """
    found = session.rows(session.sql.catalog.columns(schema, name))
    comments = session.rows(session.sql.catalog.comments(schema, name))
    return Relation(
        sql=qualified(schema, name),
        columns=tuple(Column(name=each, type=full_type) for each, full_type in found if each != RUN_COLUMN),
        private=frozenset(each for each, words in comments if each and words.endswith(PERSONAL_DATA)),
    )
