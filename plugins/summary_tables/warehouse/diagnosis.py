"""What a warehouse says of itself, to somebody who looks whether tables can be built in it. Nothing is changed here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from summary_tables.model.logs import LOGS, MESSAGE_LOG
from summary_tables.model.settings import Warehouse
from summary_tables.model.source_table import TableKey
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.logs.build_log import utc
from summary_tables.warehouse.rights.unknown_roles import UnknownRole, unknown_roles
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.session import Session, open_session

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the tables of this warehouse need: schemas that they stand in, tables that they read, time zones.

    `readers`: by role that a file names, the schemas of the tables that it may read.
    """

    schemas: Collection[str] = ()
    reads: Collection[TableKey] = ()
    readers: Mapping[str, Collection[str]]
    zones: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """Messages that the place behind an Airflow connection has not taken yet."""

    conn_id: str
    messages: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """`now` is the warehouse's clock, read between the two moments of this machine's. `version` is a number: 150008.

    `schemas`: of those that exist, whether our role may create in them. `closed`: tables that it may not read.
    `missing`: those that are not there. `blind`: roles, each with a schema into which it may not look. `old_logs`: by
    log of an earlier release, the columns that it lacks. `foreign_logs`: owners of logs whom our role may not act as.
    """

    role: str
    is_superuser: bool
    version: int
    began: datetime
    now: datetime
    ended: datetime
    schemas: Mapping[str, bool]
    may_create_schemas: bool = False
    closed: tuple[TableKey, ...] = ()
    missing: tuple[TableKey, ...] = ()
    unknown_roles: tuple[UnknownRole, ...] = ()
    blind: tuple[tuple[str, str], ...] = ()
    unknown_zones: tuple[str, ...] = ()
    old_logs: Mapping[str, tuple[str, ...]]
    foreign_logs: Mapping[str, str]
    untold: tuple[Untold, ...] = ()


def diagnosis(connection: Connection, warehouse: Warehouse, wanted: Wanted) -> Diagnosis:
    """Raises `WarehouseError`."""
    with open_session(connection, warehouse, shows_values=False) as session:
        began = datetime.now(UTC)
        now = utc(session.value(session.sql.session.now()))
        ended = datetime.now(UTC)
        schemas = _schemas(session, {*wanted.schemas, warehouse.versions_schema})
        unknown = unknown_roles(session, tuple(wanted.readers))
        closed, missing = _unreadable(session, sorted(wanted.reads))
        return Diagnosis(
            role=session.role,
            is_superuser=connection.info.parameter_status("is_superuser") == "on",
            version=connection.info.server_version,
            began=began,
            now=now,
            ended=ended,
            schemas=schemas,
            may_create_schemas=bool(session.value(session.sql.rights.may_create_schemas())),
            closed=closed,
            missing=missing,
            unknown_roles=unknown,
            blind=_blind(session, wanted.readers, {role.name for role in unknown}, schemas),
            unknown_zones=_unknown_zones(session, sorted(wanted.zones)),
            old_logs=_old_logs(session),
            foreign_logs=_foreign_logs(session),
            untold=_untold(session),
        )


def _schemas(session: Session, names: Iterable[str]) -> dict[str, bool]:
    found = {name: session.rows(session.sql.catalog.schema_rights(name)) for name in sorted(names)}
    return {name: bool(rows[0][0]) for name, rows in found.items() if rows}


def _unreadable(session: Session, reads: Sequence[TableKey]) -> tuple[tuple[TableKey, ...], tuple[TableKey, ...]]:
    """Those that our role may not read, and those that are not there."""
    standing: dict[TableKey, bool] = {}
    for start in range(0, len(reads), _AT_ONCE):
        some = session.rows(session.sql.inventory.standing_tables(reads[start : start + _AT_ONCE]))
        standing |= {(schema, name): bool(may_read) for schema, name, may_read, _ in some}
    closed = tuple(key for key in reads if not standing.get(key, True))
    return closed, tuple(key for key in reads if key not in standing)


def _blind(
    session: Session, readers: Mapping[str, Collection[str]], unknown: Collection[str], standing: Collection[str]
) -> tuple[tuple[str, str], ...]:
    asked = (
        (role, schema, statement)
        for role, schemas in sorted(readers.items())
        if role not in unknown and role.lower() != "public"
        for schema in sorted(schemas)
        if schema in standing
        for statement in session.sql.rights.may_use_schema(role, schema)
    )
    return tuple((role, schema) for role, schema, statement in asked if not session.value(statement))


def _unknown_zones(session: Session, zones: Sequence[str]) -> tuple[str, ...]:
    statements = session.sql.session.known_zones(zones) if zones else ()
    if not statements:
        return ()
    known = {name for statement in statements for (name,) in session.rows(statement)}
    return tuple(zone for zone in zones if zone not in known)


def _old_logs(session: Session) -> dict[str, tuple[str, ...]]:
    standing = {log.name: tables.missing_columns(session, log) for log in LOGS if tables.exists(session, log)}
    return {name: lacking for name, lacking in standing.items() if lacking}


def _foreign_logs(session: Session) -> dict[str, str]:
    found = {}
    for log in LOGS:
        for _, owner in session.rows(session.sql.catalog.relation(session.warehouse.versions_schema, log.name)):
            if not all(session.value(statement) for statement in session.sql.rights.may_act_as(owner)):
                found[log.name] = owner
    return found


def _untold(session: Session) -> tuple[Untold, ...]:
    if not tables.exists(session, MESSAGE_LOG) or tables.missing_columns(session, MESSAGE_LOG):
        return ()
    rows = session.rows(session.sql.incidents.untold())
    return tuple(Untold(conn_id=conn_id, messages=number, problem=problem) for conn_id, number, problem in rows)
