"""What the warehouse still holds of tables whose config is gone. Nothing is changed here.

Only what the build log knows is ever spoken of as ours; tables in the versions schema that merely look like a version
are named, and that is all.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.model.version_name import looks_like_version
from summary_tables.warehouse.history.versions import refuse_blind_role
from summary_tables.warehouse.live_table import LiveTable, look_up
from summary_tables.warehouse.logs.build_log import build_from_row, log_exists, utc
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.session import Row, Session, open_session


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanVersion:
    """A version that stands. `size` is in bytes with indexes; unknown on Redshift. `rows` is unknown if migrated.

    `migrated`: the plain table that stood there before the first publish; it belongs to somebody and is never dropped.
    `dependents`: what keeps it from being dropped, in words, without the table's own view.
    """

    name: str
    rows: int | None
    size: int | None
    migrated: bool
    dependents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A table without a config. `log_rows` counts its builds in the log, most of which have been dropped long since.

    `readers` are roles that may read the view; `dependents` what keeps the view from being dropped, in words.
    """

    schema: str
    table: str
    live: LiveTable
    versions: tuple[OrphanVersion, ...]
    log_rows: int
    last_published: datetime | None
    readers: tuple[str, ...] = ()
    dependents: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """`schema.table`."""
        return f"{self.schema}.{self.table}"

    @property
    def has_view(self) -> bool:
        """A view of ours stands under the table's name."""
        return self.live.kind == "ours"

    @property
    def drops_view(self) -> bool:
        """The view can go."""
        return self.has_view and not self.dependents

    def drops(self, version: OrphanVersion) -> bool:
        """The version can go, once the view is gone if that can go."""
        is_read = self.live.build is not None and self.live.build.version == version.name and not self.drops_view
        return not (version.migrated or version.dependents or is_read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """`unlogged`: tables of the versions schema that are called like a version and that the log does not know."""

    orphans: tuple[Orphan, ...]
    unlogged: tuple[str, ...]


def leftovers(
    connection: Connection, warehouse: Warehouse, configured: Collection[str], unsure: Collection[str]
) -> Leftovers:
    """What stands in the warehouse of tables that are not `configured` (full names).

    `unsure` has names, without schema, of tables that may have a config. Raises `WarehouseError`.
    """
    with open_session(connection, warehouse) as session:
        if not log_exists(session):
            return Leftovers(orphans=(), unlogged=())
        refuse_blind_role(session)
        with session.transaction(read_only=True):
            sizes = _sizes(session)
            logged = {name for (name,) in session.rows(session.sql.history.logged_names())}
            gone = [
                row
                for row in session.rows(session.sql.history.logged_tables())
                if f"{row[0]}.{row[1]}" not in configured and row[1] not in unsure
            ]
            return Leftovers(
                orphans=tuple(_orphan(session, row, sizes) for row in gone),
                unlogged=tuple(name for name in sizes if name not in logged and looks_like_version(name)),
            )


def orphan(session: Session, schema: str, table: str) -> Orphan | None:
    """One table as it stands, if the log knows it."""
    rows = [row for row in session.rows(session.sql.history.logged_tables()) if row[:2] == (schema, table)]
    return _orphan(session, rows[0], _sizes(session)) if rows else None


def _orphan(session: Session, log_row: Row, sizes: dict[str, int | None]) -> Orphan:
    schema, table, log_rows, last = log_row
    live = look_up(session, SummaryTable(table=table, schema=schema, main_sql=""))
    is_ours = live.kind == "ours"
    return Orphan(
        schema=schema,
        table=table,
        live=live,
        versions=_versions(session, schema, table, sizes),
        log_rows=log_rows,
        last_published=last and utc(last),
        readers=_readers(session, schema, table) if is_ours else (),
        dependents=_dependents(session, schema, table) if is_ours else (),
    )


def _dependents(session: Session, schema: str, table: str) -> tuple[str, ...]:
    return tuple(what for what, *_ in session.rows(session.sql.catalog.dependents(schema, table)))


def _sizes(session: Session) -> dict[str, int | None]:
    rows: list[tuple[str, int | None]] = [
        (name, size) for name, size in session.rows(session.sql.versions.standing_tables())
    ]
    return dict(rows)


def _versions(session: Session, schema: str, table: str, sizes: dict[str, int | None]) -> tuple[OrphanVersion, ...]:
    found = []
    for *columns, origin in session.rows(session.sql.history.logged_versions(schema, table)):
        build, is_migrated = build_from_row(tuple(columns)), origin == "migrated"
        version = OrphanVersion(
            name=build.version,
            rows=None if is_migrated else build.rows,
            size=sizes.get(build.version),
            migrated=is_migrated,
            dependents=_version_dependents(session, schema, table, build.version),
        )
        found.append(version)
    return tuple(found)


def _version_dependents(session: Session, schema: str, table: str, version: str) -> tuple[str, ...]:
    rows = session.rows(session.sql.catalog.dependents(session.warehouse.versions_schema, version))
    return tuple(what for what, *view in rows if view != [schema, table])


def _readers(session: Session, schema: str, table: str) -> tuple[str, ...]:
    return tuple(role for statement in session.sql.rights.readers(schema, table) for (role,) in session.rows(statement))
