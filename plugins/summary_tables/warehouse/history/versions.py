"""The versions of a table that stand, newest first, and what has become of each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from summary_tables.model.build import Build, RollBack
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.model.version import AddedRuns, Version, VersionState
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.warehouse.increments.holes import holes
from summary_tables.warehouse.increments.missing_runs import missing_runs
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import build_from_row, log_exists, utc
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Row, Session, open_session
from summary_tables.warehouse.view.roll_back_log import roll_backs


def known_tables(connection: Connection, warehouse: Warehouse) -> tuple[tuple[str, str], ...]:
    """Schema and name of every table that the build log knows. Raises `WarehouseError`."""
    with open_session(connection, warehouse) as session:
        if not log_exists(session):
            return ()
        refuse_blind_role(session)
        return tuple((schema, table) for schema, table, *_ in session.rows(session.sql.history.logged_tables()))


def versions_of_table(connection: Connection, table: SummaryTable, warehouse: Warehouse) -> tuple[Version, ...]:
    """The versions of `table` that stand, newest first; changes nothing. Raises `WarehouseError`."""
    with open_session(connection, warehouse) as session:
        if not log_exists(session):
            return ()
        refuse_blind_role(session)
        with session.transaction(read_only=True):
            rows = session.rows(session.sql.history.logged_versions(table.schema, table.table))
            live = look_up(session, table).build
            versions = versions_from(rows, live, roll_backs(session, table.schema, table.table))
            added = _added_runs(session, table)
            missing = missing_runs(session, table, live)
            lacking = () if missing else holes(session, table, live)
            return tuple(
                replace(
                    version,
                    added=added.get(version.build.version),
                    missing=missing if version.state == "live" else None,
                    holes=lacking if version.state == "live" else (),
                )
                for version in versions
            )


def _added_runs(session: Session, table: SummaryTable) -> Mapping[str, AddedRuns]:
    rows = session.rows(session.sql.history.added_runs(table.schema, table.table))
    return {version: AddedRuns(runs=int(runs), last_due=utc(last_due)) for version, runs, last_due in rows}


def refuse_blind_role(session: Session) -> None:
    """Raise `WarehouseError` if the role may not read the build log."""
    schema = session.warehouse.versions_schema
    if not session.value(session.sql.catalog.reads_versions(session.role, schema)):
        raise WarehouseError(
            f'The role {session.role} may not look into the schema "{schema}". An administrator runs: '
            f"GRANT USAGE ON SCHEMA {identifier(schema)} TO {identifier(session.role)}; "
            f"GRANT SELECT ON {qualified(schema, BUILD_LOG.name)} TO {identifier(session.role)};"
        )


def sent_back(builds: Sequence[Build], history: Sequence[RollBack]) -> dict[str, RollBack]:
    """The versions that readers were sent back from, each with the last roll-back that did it.

    What lies between the two versions of a roll-back is among them: a later one does not lead there by itself.
    """
    found: dict[str, RollBack] = {}
    for event in history:
        first, last = sorted((event.from_shown_at, event.to_shown_at))
        passed = [b.version for b in builds if first < shown_at(b) <= last]
        if event.goes_back:
            found.update(dict.fromkeys(passed, event))
        else:
            found = {version: left for version, left in found.items() if version not in passed}
        found.pop(event.to_version, None)
    return found


def shown_at(build: Build) -> datetime:
    """When readers saw it first; for the plain table that stood there before, when it was moved away."""
    return build.published_at or build.started_at


def versions_from(rows: Sequence[Row], live: Build | None, history: Sequence[RollBack]) -> tuple[Version, ...]:
    """The versions of one table. `rows` have the columns of a build and its origin; `history` is first to last."""
    left = sent_back([build_from_row(row[:-1]) for row in rows], history)
    return tuple(_version(row, live, left, history) for row in rows)


def _version(row: Row, live: Build | None, left: dict[str, RollBack], history: Sequence[RollBack]) -> Version:
    *columns, origin = row
    build = build_from_row(tuple(columns))
    roll_back = left.get(build.version)
    state: VersionState = "not published"
    if live and live.version == build.version:
        state, roll_back = "live", _leading_to(build, history)
    elif origin == "migrated":
        state = "before"
    elif build.applied_to not in (None, build.version):
        state = "added"
    elif build.published_at:
        state = "rolled back" if roll_back else "published"
    return Version(build=build, built_at=build.built_at or build.started_at, state=state, roll_back=roll_back)


def _leading_to(build: Build, history: Sequence[RollBack]) -> RollBack | None:
    last = history[-1] if history else None
    return last if last and last.goes_back and last.to_version == build.version else None
