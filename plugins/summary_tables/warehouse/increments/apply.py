"""Add an increment to the table that readers see: all of its rows or none, in one transaction.

What would keep readers waiting comes before, in a short transaction (a plain table becomes a version, the version gets
the columns that it lacks), or at the very end (the view shows new columns). In between, only rows are changed: readers
go on with those that were there.
"""

import logging
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

from summary_tables.model.build import Applied, Build
from summary_tables.model.increment import interval_text, run_moment
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.increments.base import (
    Situation,
    columns_of_both,
    is_ready,
    keep_plain_table,
    look_at,
    make_ready,
    refuse_misfit,
    types_of,
)
from summary_tables.warehouse.increments.base_layout import add_layout
from summary_tables.warehouse.increments.missing_part import shared_time_in
from summary_tables.warehouse.increments.order import why_not_added, why_not_emptied, why_skipped
from summary_tables.warehouse.increments.other_days import refuse_other_days
from summary_tables.warehouse.increments.overlap import why_covered, why_doubled
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.strategy import Addition
from summary_tables.warehouse.increments.widen_base import WiderCopy, discard, take_place, widen
from summary_tables.warehouse.logs.build_log import first_increment, increments_since, logged_build
from summary_tables.warehouse.rights.declare import declare
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.lock_retries import with_lock_retries
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.dropped_version import stands
from summary_tables.warehouse.view.old_snapshots import await_old_snapshots
from summary_tables.warehouse.view.preconditions import refuse_foreign, refuse_rolled_back, require_version
from summary_tables.warehouse.view.roll_back_log import current_roll_back
from summary_tables.warehouse.view.switch import show_version
from summary_tables.warehouse.view.waits import Deadline

_log = logging.getLogger(__name__)


def apply_increment(
    session: Session, table: SummaryTable, version: str, lock_wait: timedelta, snapshot_wait: timedelta
) -> Build:
    """Add the increment `version` to what readers of `table` see; one that was added before stays as it is.

    One whose rows are there by other builds is dropped, and what is returned says why in `skip_reason`.
    Where nothing stands yet, the increment is what readers see from now on. Waits as `publish` does; a long report
    holds it up only where columns are new. Raises `WarehouseError`.
    """
    done: Build | None = None
    deadline = Deadline(lock_wait)
    while done is None:
        began = time.monotonic()
        base = with_lock_retries(partial(_prepare, session, table, version), deadline.left)
        if isinstance(base, WiderCopy):
            # Nobody was waited for while its rows were written.
            deadline.put_off(time.monotonic() - began)
            _await_old_snapshots(session, base.name, snapshot_wait, deadline)
            try:
                with_lock_retries(partial(_take_place, session, table, version, base), deadline.left)
            except WarehouseError:
                discard(session, base)
                raise
            continue
        if base == version:
            _await_old_snapshots(session, version, snapshot_wait, deadline)
        else:
            with_lock_retries(partial(add_layout, session, table, base), deadline.left)
        # Nothing is done where another run published in between and changed what the rows go to.
        done = with_lock_retries(partial(_apply, session, table, version, base, deadline), deadline.left)
    return done


def _await_old_snapshots(session: Session, version: str, patience: timedelta, deadline: Deadline) -> None:
    began = time.monotonic()
    await_old_snapshots(session, version, patience)
    deadline.put_off(time.monotonic() - began)


def _take_place(session: Session, table: SummaryTable, version: str, copy: WiderCopy) -> None:
    with session.transaction():
        now = _look(session, table, version)
        take_place(session, table, copy, now.base.version if now.base else None)


def _prepare(session: Session, table: SummaryTable, version: str) -> str | WiderCopy:
    """Make ready what the rows are to be added to; returns its name: `version` itself where nothing stands.

    Or a copy of it, with wider columns, that is to take its place first.
    """
    with session.transaction():
        now = _look(session, table, version)
        if now.is_done or _skip_reason(session, table, now):
            return version
        _refuse(session, table, now)
        if now.live.kind == "table":
            base = keep_plain_table(session, table, now.live)
            _warn_of_its_rows(table, now.increment)
        elif now.base:
            base = now.base.version
        else:
            return version
        # A plain table may have what a copy would lack, such as the numbers of its sequences.
        may_copy = bool(now.base and now.base.run_id)
        if copy := widen(session, table, base, version, may_copy=may_copy):
            return copy
        make_ready(session, base, version)
        return base


def _warn_of_its_rows(table: SummaryTable, increment: Build) -> None:
    if strategy_named(increment.strategy).DOUBLES:
        _log.warning(
            "%s was a plain table, and its rows stay. `%s` cannot tell of which days they are: if some of %s, or "
            "of any day that a run adds later, are among them, these are there twice then.",
            table.full_name,
            increment.strategy,
            interval_text(table.timezone, increment),
        )


def _apply(session: Session, table: SummaryTable, version: str, prepared: str, deadline: Deadline) -> Build | None:
    with session.transaction():
        now = _look(session, table, version)
        if now.is_done:
            return now.increment
        if words := _skip_reason(session, table, now):
            if now.live.kind == "absent" and now.base:
                show_version(session, table, now.base.version, now.live)
            if stands(session, version):
                _drop(session, version)
            return replace(now.increment, skip_reason=words)
        _refuse(session, table, now)
        if not _is_prepared(session, now, prepared):
            return None
        if now.base is None:
            session.execute(session.sql.increments.add_run_column(version, run_moment(now.increment)))
            applied = Applied(deleted=0, inserted=now.increment.rows)
        else:
            applied = _change_rows(session, table, now.increment, now.base)
        session.execute(session.sql.builds.mark_applied(table.schema, table.table, version, prepared))
        if _changes_view(session, table, now):
            with_lock_retries(lambda: _show(session, table, prepared, now), deadline.left)
        else:
            declare(session, table, prepared, now.live)
        return replace(logged_build(session, table, version), applied=applied)


def _look(session: Session, table: SummaryTable, version: str) -> Situation:
    """Once no other session changes what readers see."""
    session.execute_all(session.sql.locks.limit_lock_waits())
    session.execute(session.sql.locks.lock_table(table.schema, table.table))
    return look_at(session, table, version)


def _skip_reason(session: Session, table: SummaryTable, now: Situation) -> str:
    """Why nothing needs to be done; empty if something does, or if it was done and a person undid it."""
    if now.base is None or now.increment.published_at:
        return ""
    return why_skipped(table, now.increment, now.base, _since(session, table, now.increment, now.base)) or why_covered(
        table, now.increment, shared_time_in(session, table, now.increment, now.base)
    )


def _drop(session: Session, version: str) -> None:
    """What is read now, or by a view of somebody's, goes later, as all increments that were not added."""
    with suppress(WarehouseError), session.savepoint():
        session.execute(session.sql.versions.drop_version(version))


def _refuse(session: Session, table: SummaryTable, now: Situation) -> None:
    refuse_foreign(table, now.live)
    refuse_rolled_back(table, now.increment, current_roll_back(session, table.schema, table.table, now.live))
    require_version(session, table, now.increment)
    since: tuple[Build, ...] = ()
    if now.base:
        since = _since(session, table, now.increment, now.base)
        first = None if now.base.run_id else first_increment(session, table, now.base.version)
        problem = why_not_added(table, now.increment, now.base, since, first) or why_doubled(
            table, now.increment, shared_time_in(session, table, now.increment, now.base)
        )
        if problem:
            raise WarehouseError(problem)
        refuse_other_days(session, table, now.increment, types_of(session, now.increment.version))
    if now.base or now.live.kind == "table":
        newer_base = (now.base,) if now.base and now.base.started_at > now.increment.started_at else ()
        refuse_misfit(session, table, now, (*since, *newer_base))


def _since(session: Session, table: SummaryTable, increment: Build, base: Build) -> tuple[Build, ...]:
    return increments_since(session, table, base.version, increment.started_at)


def _is_prepared(session: Session, now: Situation, prepared: str) -> bool:
    if now.live.kind == "table":
        return False
    if now.base is None:
        return prepared == now.increment.version
    return prepared == now.base.version and is_ready(session, prepared, now.increment.version)


def _change_rows(session: Session, table: SummaryTable, increment: Build, base: Build) -> Applied:
    addition = Addition(
        table=table,
        run=increment,
        version=increment.version,
        types=types_of(session, increment.version),
        base=base,
        shared=shared_time_in(session, table, increment, base),
        has_runs=True,
    )
    change = strategy_named(increment.strategy).change(session.sql.increments, addition, base.version)
    if isinstance(change, str):
        raise WarehouseError(change)
    deleted = session.execute(change.delete) if change.delete else 0
    if problem := why_not_emptied(table, increment, increment.rows, deleted):
        raise WarehouseError(problem)
    return Applied(deleted=deleted, inserted=session.execute(change.insert))


def _changes_view(session: Session, table: SummaryTable, now: Situation) -> bool:
    if now.live.kind == "absent":
        return True
    live, built = columns_of_both(session, table, now)
    return not {column.name for column in built} <= {column.name for column in live}


def _show(session: Session, table: SummaryTable, base: str, now: Situation) -> None:
    """The rows are kept while a report still holds the view, so that they are not written again for each attempt."""
    with session.savepoint():
        show_version(session, table, base, now.live)
