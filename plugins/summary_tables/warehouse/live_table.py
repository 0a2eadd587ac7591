"""What readers see of a summary table now."""

from dataclasses import dataclass
from typing import Literal

from summary_tables.model.build import Build
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import to_the_minute
from summary_tables.warehouse.logs.build_log import find_build, log_exists, newest_increment
from summary_tables.warehouse.session.session import Session

Kind = Literal["absent", "ours", "table", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTable:
    """What stands under the table's name.

    `kind`: nothing; `ours`: a view that shows `build`; a plain `table`; or something else, in `what`
    (`a materialized view`). `owner` is the role that owns it. `increment` is, of those that were added to `build`, the
    one of the latest interval.
    """

    kind: Kind
    what: str = ""
    owner: str = ""
    build: Build | None = None
    increment: Build | None = None

    def words(self, zone: str) -> str:
        """What a failed run means for readers, e.g. `The live table was not changed.`"""
        if self.kind == "absent":
            return "There is no live table yet."
        if self.build is None:
            return "The live table was not changed."
        newest = self.increment or self.build
        return f"The live table was not changed: it holds the build of {to_the_minute(zone, newest.run_at)}."


_TABLES = "rp"
_WHAT = {
    "v": "a view that was made by somebody else",
    "m": "a materialized view",
    "f": "a foreign table",
    "S": "a sequence",
    "i": "an index",
    "I": "an index",
    "c": "a composite type",
}


def is_live(session: Session, table: SummaryTable, version: str) -> bool:
    """Do readers of `table` see this version, or the rows that it added? Raises `WarehouseError`."""
    live = look_up(session, table).build
    build = find_build(session, table.schema, table.table, version) if live else None
    return bool(live and build and live.version in (build.version, build.applied_to))


def look_up(session: Session, table: SummaryTable) -> LiveTable:
    """What readers of `table` see now; changes nothing. Raises `WarehouseError`."""
    found = session.rows(session.sql.catalog.relation(table.schema, table.table))
    if not found:
        return LiveTable(kind="absent")
    relkind, owner = found[0]
    if relkind in _TABLES:
        return LiveTable(kind="table", what="a table", owner=owner)
    build = _shown_build(session, table) if relkind == "v" else None
    what = _WHAT.get(relkind, "something else")
    increment = newest_increment(session, table, build.version) if build else None
    return LiveTable(kind="ours" if build else "other", what=what, owner=owner, build=build, increment=increment)


def _shown_build(session: Session, table: SummaryTable) -> Build | None:
    """The build that a view shows, if it is the only thing that the view reads."""
    read = session.rows(session.sql.catalog.relations_read(table.schema, table.table))
    if len(read) != 1 or read[0][0] != session.warehouse.versions_schema or not log_exists(session):
        return None
    return find_build(session, table.schema, table.table, read[0][1])
