"""Show readers a version that they saw before: one short transaction, with the promises of `publish`."""

from dataclasses import dataclass, replace
from datetime import timedelta

from summary_tables.model.build import Build, MissingRuns
from summary_tables.model.column import Column
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialect import TypeRules
from summary_tables.text.moments import due_text
from summary_tables.warehouse.columns.compatibility import lost_columns
from summary_tables.warehouse.history.versions import shown_at
from summary_tables.warehouse.increments.missing_runs import missing_from_live
from summary_tables.warehouse.live_table import LiveTable, look_up
from summary_tables.warehouse.logs.build_log import find_build, log_exists
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.lock_retries import with_lock_retries
from summary_tables.warehouse.session.session import Session, open_session
from summary_tables.warehouse.view.old_snapshots import await_old_snapshots
from summary_tables.warehouse.view.roll_back_log import ensure_roll_back_log
from summary_tables.warehouse.view.switch import naming_lock_holders, point_at

LOCK_WAIT = timedelta(minutes=1)
SNAPSHOT_WAIT = timedelta(seconds=30)

_LOCKED_ADVICE = "Nothing was changed: when that session has ended, roll back again."


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledBack:
    """What readers saw before and see now; the same where nothing had to be done.

    `missing` is what runs had added and readers do not see now.
    """

    before: Build
    after: Build
    missing: MissingRuns | None = None

    @property
    def goes_back(self) -> bool:
        """False: nothing had to be done, or an earlier roll-back was undone."""
        return shown_at(self.after) < shown_at(self.before)


def roll_back(
    connection: Connection,
    table: SummaryTable,
    warehouse: Warehouse,
    version: str,
    *,
    replacing: str = "",
    by: str = "",
    lock_wait: timedelta = LOCK_WAIT,
    snapshot_wait: timedelta = SNAPSHOT_WAIT,
) -> RolledBack:
    """Make `version`, which readers have seen before, what they see again, and remember who did it and when.

    Nothing is done where it is live already. `replacing` is the version that should be live now: if another one went
    live meanwhile, nothing is done either. `by` is who did it, if not the user that is logged in. Waits as `publish`
    does. Raises `WarehouseError`; unless the connection was lost, the live table is then unchanged, and if it was,
    trying again is safe.
    """
    with open_session(connection, warehouse) as session:
        _refuse_unshowable(session, table, version)
        _refuse_stranger(session, table, look_up(session, table))
        await_old_snapshots(session, version, snapshot_wait)
        ensure_roll_back_log(session)
        try:
            done = with_lock_retries(lambda: _roll_back(session, table, version, replacing, by), lock_wait)
        except WarehouseError as error:
            raise naming_lock_holders(session, table, error, "for too long", _LOCKED_ADVICE) from None
        return replace(done, missing=missing_from_live(session, table))


def _roll_back(session: Session, table: SummaryTable, version: str, replacing: str, by: str) -> RolledBack:
    with session.transaction(
        *session.sql.locks.limit_lock_waits(), session.sql.locks.lock_table(table.schema, table.table)
    ):
        target = _refuse_unshowable(session, table, version)
        live = look_up(session, table)
        before = _require_ready(table, live, target, replacing)
        if before.version == version:
            return RolledBack(before=before, after=target)
        user = by or session.value(session.sql.session.session_user())
        # Who may read, and the comments, stay those of the file that was published last.
        point_at(session, table, version, live, _Misfit(target, table.timezone))
        session.execute(session.sql.history.log_roll_back(table.schema, table.table, before.version, version, user))
        return RolledBack(before=before, after=target)


def _refuse_unshowable(session: Session, table: SummaryTable, version: str) -> Build:
    build = find_build(session, table.schema, table.table, version) if log_exists(session) else None
    if build is None:
        raise WarehouseError(f"There is no build {version} of {table.full_name}.")
    if build.run_id and build.published_at is None:
        raise WarehouseError(f"The build {version} of {table.full_name} was never published, so it is not shown again.")
    if build.applied_to not in (None, version):
        raise WarehouseError(
            f"The build {version} is what one run added to {table.full_name}, not a whole table, so it is not shown by "
            "itself."
        )
    if not session.rows(session.sql.catalog.relation(session.warehouse.versions_schema, version)):
        raise WarehouseError(f"The build {version} of {table.full_name} has been dropped and cannot be shown again.")
    return build


def _require_ready(table: SummaryTable, live: LiveTable, target: Build, replacing: str) -> Build:
    """Returns the live build."""
    if live.build is None:
        what = "does not exist" if live.kind == "absent" else f"is {live.what}"
        raise WarehouseError(
            f"{table.full_name} {what}: it shows no build of ours, so there is nothing to roll back. "
            "Nothing was changed."
        )
    if replacing and live.build.version not in (replacing, target.version):
        raise WarehouseError(
            f"Meanwhile another build of {table.full_name} went live: that of "
            f"{due_text(table.timezone, live.build.run_at)}. "
            "Nothing was changed. Look at it, and roll back again if it is wrong, too."
        )
    return live.build


def _refuse_stranger(session: Session, table: SummaryTable, live: LiveTable) -> None:
    if live.kind != "ours" or all(session.value(statement) for statement in session.sql.rights.may_act_as(live.owner)):
        return
    raise WarehouseError(
        f"The view {table.full_name} belongs to {live.owner}, and the role {session.role} may not change it. "
        f"Connect to the warehouse as {live.owner}. Nothing was changed."
    )


@dataclass(frozen=True, slots=True)
class _Misfit:
    """Why a view cannot go back to `target`."""

    target: Build
    zone: str

    def __call__(self, rules: TypeRules, table: str, live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
        lost = lost_columns(rules, live, built)
        if not lost:
            return ""
        return (
            f"The build of {due_text(self.zone, self.target.run_at)} does not have the columns that readers of {table} "
            f"see now, and a view cannot lose any: {'; '.join(lost)}. Nothing was changed. "
            "Roll back to a build that has them, or correct the query and run the table."
        )
