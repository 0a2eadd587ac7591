"""The roll-back log: who pointed which table at which of its versions. Made when the first table is rolled back."""

from summary_tables.model.build import RollBack
from summary_tables.model.logs import BUILD_LOG, ROLL_BACK_LOG
from summary_tables.warehouse.live_table import LiveTable
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.logs.build_log import utc
from summary_tables.warehouse.session.session import Row, Session


def ensure_roll_back_log(session: Session) -> None:
    """Create the roll-back log where it is missing, as the property of whoever owns the build log.

    An administrator may be the first to roll back, and the role that publishes must be able to read it.
    """
    ((_, owner),) = session.rows(session.sql.catalog.relation(session.warehouse.versions_schema, BUILD_LOG.name))
    tables.ensure(session, ROLL_BACK_LOG, owner)


def roll_back_log_exists(session: Session) -> bool:
    """Has any table been rolled back in this warehouse?"""
    return tables.exists(session, ROLL_BACK_LOG)


def roll_backs(session: Session, schema: str, table: str) -> tuple[RollBack, ...]:
    """The roll-backs of a table, first to last."""
    if not roll_back_log_exists(session):
        return ()
    return tuple(map(roll_back_from_row, session.rows(session.sql.history.roll_backs(schema, table))))


def current_roll_back(session: Session, schema: str, table: str, live: LiveTable) -> RollBack | None:
    """The roll-back that readers see the result of; None if they see the newest version that was published."""
    if live.build is None:
        return None
    *_, last = (None, *roll_backs(session, schema, table))
    return last if last and last.goes_back and last.to_version == live.build.version else None


def roll_back_from_row(row: Row) -> RollBack:
    """The record of what `roll_backs` selects."""
    from_version, to_version, from_shown_at, to_shown_at, at, role = row
    return RollBack(
        from_version=from_version,
        to_version=to_version,
        from_shown_at=utc(from_shown_at),
        to_shown_at=utc(to_shown_at),
        at=utc(at),
        role=role,
    )
