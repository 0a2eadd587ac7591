"""What the file of a table gave it when it was published last: who may read it, and what it says of itself.

What the file does not say any more is withdrawn, and only that. What others gave is not in the record, so it stays.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from summary_tables.model.logs import DECLARED
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """`readers` are names by the role's id, `comments` texts by column; that of the table has an empty name."""

    readers: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


def ensure_declared(session: Session) -> None:
    """Create the record where it is missing."""
    tables.ensure(session, DECLARED)


def declared(session: Session, table: SummaryTable) -> Declared | None:
    """None: the table was published by a release that kept no record, or never."""
    rows = session.rows(session.sql.logs.declared(table.schema, table.table))
    if not rows:
        return None
    readers, comments = map(json.loads, rows[0])
    return Declared(readers=readers, comments=comments)


def remember(session: Session, table: SummaryTable, now: Declared) -> None:
    """In the transaction that gave it."""
    sql = session.sql
    texts = (json.dumps(dict(part), ensure_ascii=False, sort_keys=True) for part in (now.readers, now.comments))
    session.execute(sql.logs.forget(DECLARED, table.schema, table.table))
    session.execute(sql.logs.log_declared(table.schema, table.table, *texts))
