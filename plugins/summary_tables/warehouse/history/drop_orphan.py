"""Drop what is left of a table whose config is gone, in one transaction and never with CASCADE."""

from dataclasses import dataclass
from datetime import timedelta

from summary_tables.model.logs import LOGS
from summary_tables.model.settings import Warehouse
from summary_tables.warehouse.history.orphans import Orphan, OrphanVersion, orphan
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import DEPENDENT_OBJECTS, WarehouseError
from summary_tables.warehouse.session.lock_retries import with_lock_retries
from summary_tables.warehouse.session.session import Session, open_session

LOCK_WAIT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """`log_rows`: how many builds were deleted from the log, which happens when nothing of the table stands any more.

    `kept`: what stays and why, in words.
    """

    view: bool
    versions: tuple[OrphanVersion, ...]
    log_rows: int
    kept: tuple[str, ...]


def drop_orphan(
    connection: Connection, warehouse: Warehouse, shown: Orphan, *, lock_wait: timedelta = LOCK_WAIT
) -> Dropped:
    """Drop what somebody agreed to drop when they had been `shown` it; what something depends on stays.

    Raises `WarehouseError`, and then everything stands as before: also if the table was built or published since.
    """
    with open_session(connection, warehouse) as session:
        try:
            return with_lock_retries(lambda: _drop(session, shown), lock_wait)
        except WarehouseError as error:
            if error.sqlstate != DEPENDENT_OBJECTS:
                raise
            words = f"Something has begun to depend on {shown.full_name} meanwhile. Look again."
            raise WarehouseError(words, sqlstate=error.sqlstate) from None


def kept(found: Orphan) -> tuple[str, ...]:
    """What of it stays when it is dropped, and why, in words."""
    view = (f"the view {found.full_name}: {_needed_by(found.dependents)}",) if found.dependents else ()
    versions = (f"the version {v.name}: {_why(found, v)}" for v in found.versions if not found.drops(v))
    return (*view, *versions)


def _why(found: Orphan, version: OrphanVersion) -> str:
    if version.migrated:
        return f"it is the plain table that was {found.full_name} before, and only a person may drop it"
    return _needed_by(version.dependents or (f"view {found.full_name}",))


def _needed_by(dependents: tuple[str, ...]) -> str:
    verb = "depends" if len(dependents) == 1 else "depend"
    return f"{', '.join(dependents)} {verb} on it"


def _drop(session: Session, shown: Orphan) -> Dropped:
    schema, table = shown.schema, shown.table
    with session.transaction(*session.sql.locks.limit_lock_waits(), session.sql.locks.lock_table(schema, table)):
        now = orphan(session, schema, table)
        if now is None:
            return Dropped(view=False, versions=(), log_rows=0, kept=())
        _refuse_changed(shown, now)
        if now.drops_view:
            session.execute(session.sql.views.drop_view(schema, table))
        versions = tuple(version for version in now.versions if now.drops(version))
        session.execute_all(tuple(session.sql.versions.drop_version(version.name) for version in versions))
        stays = kept(now)
        log_rows = 0 if stays else _forget(session, now)
    return Dropped(view=now.drops_view, versions=versions, log_rows=log_rows, kept=stays)


def _refuse_changed(shown: Orphan, now: Orphan) -> None:
    before, after = ({version.name for version in found.versions} for found in (shown, now))
    if after - before or now.live.build != shown.live.build:
        raise WarehouseError(
            f"{shown.full_name} was built or published meanwhile: something still runs it. It was left alone."
        )


def _forget(session: Session, found: Orphan) -> int:
    for log in LOGS:
        if tables.exists(session, log):
            session.execute(session.sql.logs.forget(log, found.schema, found.table))
    return found.log_rows
