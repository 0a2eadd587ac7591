"""Every SQL statement that makes, publishes and drops versions, as text for PostgreSQL.

`redshift_statements` overrides what Redshift spells otherwise: the two classes are the whole difference between the
warehouses. Statements about what stands in the catalog are in `catalog_statements`, those about increments in
`increment_statements`, those that turn a plain table into a view in `migration_statements`. Methods that return a
tuple give statements to be sent one by one; an empty one means that the warehouse needs none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from summary_tables.model.column import Column
from summary_tables.model.logs import DECLARED
from summary_tables.model.table import Attributes, Index, Limits
from summary_tables.model.version_name import copy_name, lock_key, source_name
from summary_tables.sql.dialects.postgres import catalog_queries, reached, rebuild, rights
from summary_tables.sql.dialects.postgres.increments import IncrementStatements
from summary_tables.sql.dialects.postgres.rebuild import Right
from summary_tables.sql.dialects.postgres.text import column_list, identifier, literal, qualified
from summary_tables.sql.select_only import without_terminator

COPY = "summary_tables_rows"
"""The temporary table that a query fills where nothing can write."""

_FILLING = "summary_tables_filling"

NO_TYPES: Final[Mapping[str, str]] = MappingProxyType({})

UTC: Final = "UTC"
"""The zone of all that a run does."""


@dataclass(frozen=True, slots=True)
class Statements(IncrementStatements):
    """PostgreSQL."""

    CAN_MIGRATE: ClassVar[bool] = True
    CAN_RETYPE: ClassVar[bool] = True
    """Columns of a version can get wider types inside a transaction."""
    OUR_NAMES: ClassVar[str] = "SET LOCAL search_path = pg_catalog, pg_temp"
    """Temporary tables come last: left out, they would come first, and a query may have made one called pg_class."""
    PERSONS_NAMES: ClassVar[str] = "SET LOCAL search_path TO DEFAULT"
    """What the connection began with: that of the role, the database or the server."""
    FUNCTIONS_WRITE: ClassVar[bool] = True
    """A query can call functions that change something."""
    BEGIN_READ_ONLY: ClassVar[str] = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"
    BEGIN: ClassVar[str] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

    def settings(self, zone: str = UTC) -> tuple[str, ...]:
        """What a transaction begins with: all that decides what SQL and values mean, whatever role and server say.

        The values are PostgreSQL's own defaults. Of settings of the role or the server only those hold that are about
        speed, space, rights and language. `application_name` is the name under which other sessions see ours.
        """
        return (
            self.OUR_NAMES,
            f"SET LOCAL timezone = {self.literal(zone)}",
            "SET LOCAL datestyle = 'ISO, MDY'",
            "SET LOCAL intervalstyle = 'postgres'",
            "SET LOCAL bytea_output = 'hex'",
            "SET LOCAL extra_float_digits = 1",
            "SET LOCAL xmloption = 'content'",
            "SET LOCAL standard_conforming_strings = on",
            "SET LOCAL transform_null_equals = off",
            "SET LOCAL quote_all_identifiers = off",
            "SET LOCAL application_name = 'summary_tables'",
        )

    def own_settings(self) -> str:
        """One row: our role; its longest time for a statement in milliseconds; can the server look after its clients?

        0: no limit.
        """
        return (
            "SELECT current_user::text,\n"
            "    EXTRACT(EPOCH FROM pg_catalog.current_setting('statement_timeout')::interval) * 1000,\n"
            "    pg_catalog.current_setting('client_connection_check_interval', true) IS NOT NULL"
        )

    def limits(self, limits: Limits, own_timeout: float, looks_after_clients: bool) -> tuple[str, ...]:
        """What a transaction is held to; and a query ends when the task that runs it is killed.

        The two others are what `own_settings` gave.
        """
        return (
            *(("SET LOCAL client_connection_check_interval = '2s'",) if looks_after_clients else ()),
            *self._limit_time(limits, own_timeout),
            *((f"SET LOCAL work_mem = '{limits.work_mem_mb}MB'",) if limits.work_mem_mb is not None else ()),
        )

    def reset_session(self) -> tuple[str, ...]:
        """Undo whatever a query did to the session, e.g. by `set_config('role', ...)`.

        A cursor WITH HOLD that it left open would run when the transaction is committed, and that one may write.
        """
        return (
            *("CLOSE ALL", "UNLISTEN *", "RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL"),
            "SELECT pg_catalog.pg_advisory_unlock_all()",
        )

    FORGET_STATEMENTS: ClassVar[str] = "DEALLOCATE ALL"
    """A query may leave statements in the session, under names that others use."""

    def declare_cursor(self, query: str) -> str:
        """A cursor takes one SELECT (or VALUES, TABLE, WITH) that changes nothing: the server's grammar says so."""
        return f"DECLARE guard INSENSITIVE NO SCROLL CURSOR FOR\n{query}\n"

    def describe(self, query: str) -> str:  # noqa: ARG002 - Redshift needs the query
        """No rows, but the names of the columns, of the query whose cursor was declared."""
        return "FETCH FORWARD 0 FROM guard"

    def name_types(self, types: Sequence[str]) -> str:
        """No rows, of columns of these types as a file spells them."""
        return f"SELECT {', '.join(f'CAST(NULL AS {written})' for written in types)} WHERE FALSE"

    def full_type(self, oid: int, modifier: int) -> str:
        """The name of the type that the description of a result has."""
        return f"pg_catalog.format_type({oid}, {modifier})"

    def runs_when_read(self) -> str:
        """Could the mere reading of a query run a function of somebody who is not trusted? See `reached`."""
        return reached.RUNS_WHEN_READ

    def create_source(self, version: str, query: str) -> str:
        """The query of a version as a view, for its transaction only: all its names are resolved once and for all."""
        return f"CREATE VIEW {self._source(version)} AS\n{query}\n"

    def drop_source(self, version: str) -> str:
        """When the version is filled."""
        return f"DROP VIEW {self._source(version)}"

    def source_columns(self, version: str) -> str:
        """Names and types, as object ids, of the columns of the source."""
        return (
            "SELECT attname::text, atttypid::bigint FROM pg_catalog.pg_attribute\n"
            f"WHERE attrelid = {literal(self._source(version))}::pg_catalog.regclass AND attnum > 0 ORDER BY attnum"
        )

    def prepare_filling(self, version: str) -> str:
        """A statement that reads the source; it has no plan yet."""
        return f"PREPARE {_FILLING} AS SELECT * FROM {self._source(version)}"

    def plan_filling(self) -> str:
        """Plan it: planning, too, runs functions (checks of tables, expressions of indexes and of statistics)."""
        return f"EXPLAIN EXECUTE {_FILLING}"

    def prepared_filling(self) -> str:
        """When the statement was prepared: no row, or another moment, if somebody put another one in its place."""
        return (
            "SELECT EXTRACT(EPOCH FROM prepare_time)::text FROM pg_catalog.pg_prepared_statements\n"
            f"WHERE name = {literal(_FILLING)}"
        )

    def reached(self, version: str) -> str:
        """What the source runs; see `reached`."""
        return reached.reached(literal(self._source(version)))

    def keep_plan(self) -> str:
        """Until the transaction's end a plan that no longer holds is an error, and not made anew."""
        return "SET LOCAL restrict_nonsystem_relation_kind = 'view'"

    def untrusted_types(self, types: Sequence[int]) -> str:
        """Is one of these types of somebody who is not trusted? See `reached`."""
        return reached.untrusted_types(types)

    def create_version(self, version: str, attributes: Attributes, query: str) -> str:
        """The version with its rows."""
        return f"CREATE TABLE {self._version(version)}{self._attributes(attributes)} AS\n{query}\n"

    def create_version_by_plan(self, version: str, attributes: Attributes) -> str:
        """The version with the rows of the statement that was planned."""
        return f"CREATE TABLE {self._version(version)}{self._attributes(attributes)} AS EXECUTE {_FILLING}"

    def true_types(self, query: str, columns: Sequence[str]) -> str:
        """The type of each column of `query`, as an object id. Descriptions of results know no domains."""
        asked = ", ".join(
            f"pg_catalog.pg_typeof({identifier(name)})::pg_catalog.oid::pg_catalog.int8" for name in columns
        )
        return self._about_columns(asked, query, columns)

    def collations(self, query: str, columns: Sequence[str], collated: Sequence[str]) -> str:
        """By which collation, as an object id, each of the columns `collated` of `query` is ordered."""
        asked = ", ".join(
            f"pg_catalog.pg_collation_for({identifier(name)})::pg_catalog.regcollation::pg_catalog.oid::pg_catalog.int8"
            for name in collated
        )
        return self._about_columns(asked, query, columns)

    def collation_names(self, collations: Sequence[int]) -> str:
        """Object id and full name of each of these collations."""
        return (
            "SELECT c.oid::bigint, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.collname)\n"
            "FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace\n"
            f"WHERE c.oid IN ({', '.join(map(str, collations))})"
        )

    def full_types(self, types: Sequence[tuple[int, int]]) -> str:
        """The full name of each type (object id, modifier), and whether its values have collations."""
        wanted = ", ".join(f"({place}, {oid}, {modifier})" for place, (oid, modifier) in enumerate(types))
        return (
            "SELECT pg_catalog.format_type(t.oid, wanted.modifier), t.typcollation <> 0\n"
            f"FROM (VALUES {wanted}) AS wanted (place, oid, modifier)\n"
            "JOIN pg_catalog.pg_type t ON t.oid = wanted.oid ORDER BY wanted.place"
        )

    def create_copy(self, columns: Sequence[tuple[str, str, str | None]]) -> str:
        """A temporary table without rows, of columns with name, type and collation."""
        definitions = (
            f"{identifier(name)} {kind}" + (f" COLLATE {collation}" if collation else "")
            for name, kind, collation in columns
        )
        return f"CREATE TEMPORARY TABLE {COPY} ({', '.join(definitions)}) ON COMMIT DROP"

    def fill_copy(self, query: str) -> str:
        """Its rows."""
        return f"INSERT INTO pg_temp.{COPY}\n{query}\n"

    def copied_query(self) -> str:
        """What the copy holds."""
        return f"SELECT * FROM pg_temp.{COPY}"

    def create_index(self, version: str, index: Index) -> tuple[str, ...]:
        """One declared index; the server names it."""
        unique = "UNIQUE " if index.unique else ""
        columns = column_list(index.columns)
        return (f"CREATE {unique}INDEX ON {self._version(version)} USING {index.method} ({columns})",)

    def count_rows(self, version: str) -> str:
        """For a server that does not say how many rows it stored."""
        return f"SELECT COUNT(*) FROM {self._version(version)}"

    def analyze(self, version: str) -> str:
        """Statistics for the planner."""
        return f"ANALYZE {self._version(version)}"

    def drop_version(self, version: str) -> str:
        """Never with CASCADE: a version that somebody reads by name stays."""
        return f"DROP TABLE {self._version(version)}"

    def create_versions_schema(self) -> str:
        """The schema of versions and build log."""
        return f"CREATE SCHEMA IF NOT EXISTS {identifier(self.versions_schema)}"

    def limit_lock_waits(self) -> tuple[str, ...]:
        """Give up soon, and before the server looks for deadlocks: readers queue behind a waiting publisher."""
        return ("SET LOCAL lock_timeout = '100ms'",)

    def lock_table(self, schema: str, table: str) -> str:
        """Until the end of the transaction, one session at a time changes what readers see of a table."""
        return f"SELECT pg_catalog.pg_advisory_xact_lock({lock_key(schema, table)})"

    def lock_setup(self) -> tuple[str, ...]:
        """Two sessions that create the same schema or log at once: one would fail, IF NOT EXISTS or not."""
        return (f"SELECT pg_catalog.pg_advisory_xact_lock({lock_key(self.versions_schema)})",)

    def old_snapshots(self, version: str) -> tuple[str, ...]:
        """Transactions that may be too old to see the rows of a version."""
        return (catalog_queries.old_snapshots(self.versions_schema, version),)

    def view_settings(self, schema: str, view: str) -> tuple[str, ...]:
        """The settings of a view, which `create_view` must repeat."""
        return (catalog_queries.view_settings(schema, view),)

    def columns(self, schema: str, name: str) -> str:
        """Name and full type of each column, in table order."""
        return catalog_queries.columns(schema, name)

    def version_readers(self, version: str) -> tuple[str, ...]:
        """Who was allowed to read the version itself, one role a row."""
        return (catalog_queries.granted_readers(self.versions_schema, version),)

    def lock_holders(self, schema: str, table: str) -> tuple[str, ...]:
        """Who keeps a table locked."""
        return (catalog_queries.lock_holders(schema, table),)

    def create_view(
        self,
        schema: str,
        table: str,
        version: str,
        columns: tuple[str, ...],
        options: tuple[str, ...] = (),
        types: Mapping[str, str] = NO_TYPES,
    ) -> str:
        """Show `version` to readers. `options` (`name=value`) are lost unless they are repeated.

        The columns in `types` are shown with these, which are wider than those that the version has.
        """
        return (
            f"CREATE OR REPLACE VIEW {qualified(schema, table)}{view_options(options)} AS\n"
            f"SELECT {shown_columns(columns, types)}\nFROM {self._version(version)}"
        )

    def create_copy_of_version(
        self, version: str, attributes: Attributes, columns: Sequence[Column]
    ) -> tuple[str, ...]:
        """A version's copy with all its rows and indexes, in which `columns` have wider types."""
        name = copy_name(version)
        copy = self._version(name)
        return (
            f"DROP TABLE IF EXISTS {copy}",
            f"CREATE TABLE {copy} (LIKE {self._version(version)} INCLUDING ALL){self._attributes(attributes)}",
            self.retype_columns(name, columns),
            f"INSERT INTO {copy} SELECT * FROM {self._version(version)}",
        )

    def rename_copy_of_version(self, version: str) -> str:
        """Put it in the place of the version, which has been dropped."""
        return f"ALTER TABLE {self._version(copy_name(version))} RENAME TO {identifier(version)}"

    def lock_view(self, schema: str, view: str, owner: str) -> tuple[str, ...]:
        """Lock the view and nothing that it reads (LOCK TABLE locks both): it changes the owner to what it is."""
        return (self.own_view(schema, view, owner),)

    def own_view(self, schema: str, view: str, owner: str) -> str:
        """Make the view belong to `owner`."""
        return f"ALTER VIEW {qualified(schema, view)} OWNER TO {identifier(owner)}"

    def reading_views(self, schema: str, view: str, role: str) -> tuple[str, ...]:
        """What reads a view, itself or through others: schema, name, kind, owner, can `role` not create it again?"""
        return (rebuild.reading_views(schema, view, role),)

    def other_dependents(self, schema: str, view: str) -> tuple[str, ...]:
        """What depends on a view, or on what reads it, and is none itself: in words; its owner."""
        return (rebuild.other_dependents(schema, view),)

    def rights(self, schema: str, name: str) -> str:
        """All rights on a view, as `Right` has them."""
        return rebuild.rights(schema, name)

    def grant_right(self, schema: str, name: str, right: Right) -> str:
        """Give one of `rights`."""
        option = " WITH GRANT OPTION" if right.may_grant else ""
        return f"GRANT {self._right(schema, name, right)} TO {self._grantee(right.role)}{option}"

    def revoke_right(self, schema: str, name: str, right: Right) -> str:
        """Take it away."""
        return f"REVOKE {self._right(schema, name, right)} FROM {self._grantee(right.role)}"

    def _right(self, schema: str, name: str, right: Right) -> str:
        columns = f" ({identifier(right.column)})" if right.column else ""
        return f"{right.privilege}{columns} ON {qualified(schema, name)}"

    def retype_columns(self, version: str, columns: Sequence[Column]) -> str:
        """Give columns of a version wider types, all at once: the rows may have to be written anew."""
        changes = (f"ALTER COLUMN {identifier(column.name)} TYPE {column.type}" for column in columns)
        return f"ALTER TABLE {self._version(version)} {', '.join(changes)}"

    def grant_select(self, schema: str, table: str, role: str) -> str:
        """Let `role` read the published table."""
        return f"GRANT SELECT ON {qualified(schema, table)} TO {self._grantee(role)}"

    def grant_version(self, version: str, role: str) -> str:
        """Let `role` read the version itself."""
        return f"GRANT SELECT ON {self._version(version)} TO {self._grantee(role)}"

    def revoke_select(self, schema: str, table: str, role: str) -> str:
        """Take from `role` what the owner of the published table gave it, on single columns, too."""
        return f"REVOKE SELECT ON {qualified(schema, table)} FROM {self._grantee(role)}"

    def revoke_version(self, version: str, role: str) -> str:
        """The same for a version."""
        return f"REVOKE SELECT ON {self._version(version)} FROM {self._grantee(role)}"

    def grant_columns(self, schema: str, table: str, columns: tuple[str, ...], role: str) -> str:
        """Let `role` read these columns of the published table."""
        return f"GRANT SELECT ({column_list(columns)}) ON {qualified(schema, table)} TO {self._grantee(role)}"

    def role_ids(self, roles: Sequence[str]) -> tuple[str, ...]:
        """The id of each role as a file spells it; NULL: there is none."""
        return (rights.role_ids(roles),)

    def role_names(self) -> tuple[str, ...]:
        """Every role of the server but its own."""
        return (rights.role_names(),)

    def readers_given(self, schema: str, name: str) -> str:
        """Who was given SELECT on a table by its owner: id, name, may the role pass it on?"""
        return rights.readers(schema, name)

    def column_readers(self, schema: str, name: str, role_id: str) -> tuple[str, ...]:
        """The columns on which its owner gave a role SELECT: name, may it pass that on?"""
        return (rights.column_readers(schema, name, role_id),)

    def reads_as_reader(self, schema: str, view: str) -> tuple[str, ...]:
        """Does the view read with the rights of whoever asks?"""
        return (rights.reads_as_reader(schema, view),)

    def left_readers(self, schema: str, table: str, *, migrated_only: bool) -> tuple[str, ...]:
        """Who may read a version of the table and not the table: version, role."""
        migrated = " AND origin = 'migrated'" if migrated_only else ""
        versions = f"SELECT version_name FROM {self._log} WHERE {self._is_of(schema, table)}{migrated}"
        return (rights.left_readers(schema, table, self.versions_schema, versions),)

    def declared(self, schema: str, table: str) -> str:
        """What the file gave the table when it was published last: readers, comments."""
        return f"SELECT readers, comments FROM {self._log_table(DECLARED)} WHERE {self._is_of(schema, table)}"

    def log_declared(self, schema: str, table: str, readers: str, comments: str) -> str:
        """The row of it, now; `forget` goes before."""
        values = map(self.literal, (schema, table, readers, comments))
        return self._insert_into(DECLARED, dict(zip(DECLARED.columns, (*values, self.NOW), strict=True)))

    def comment_on_view(self, schema: str, table: str, description: str) -> str:
        """The description as the view's comment; none if it is empty."""
        return f"COMMENT ON VIEW {qualified(schema, table)} IS {self._comment(description)}"

    def comment_on_columns(self, schema: str, name: str, comments: Mapping[str, str]) -> str:
        """The comments of a view's or table's columns, by their names, in one go: readers may be waiting meanwhile."""
        relation = qualified(schema, name)
        return ";\n".join(
            f"COMMENT ON COLUMN {relation}.{identifier(column)} IS {self._comment(comment)}"
            for column, comment in comments.items()
        )

    def _comment(self, text: str) -> str:
        return self.literal(text) if text else "NULL"

    def _limit_time(self, limits: Limits, own_timeout: float) -> tuple[str, ...]:
        """A limit that only follows from the step's never replaces a shorter one of the role or the server."""
        if limits.longest_minutes is None:
            return ()
        longest = milliseconds(limits.longest_minutes)
        if limits.statement_timeout_minutes is None and 1 <= own_timeout <= longest:
            return ()
        return (f"SET LOCAL statement_timeout = {longest}",)

    def _attributes(self, attributes: Attributes) -> str:
        fillfactor = f" WITH (fillfactor = {attributes.fillfactor})" if attributes.fillfactor else ""
        tablespace = f" TABLESPACE {identifier(attributes.tablespace)}" if attributes.tablespace else ""
        return fillfactor + tablespace

    def _about_columns(self, asked: str, query: str, columns: Sequence[str]) -> str:
        """One row about the columns of `query`, of which no rows are read."""
        return (
            f"SELECT {asked}\nFROM (SELECT) AS one_row\n"
            f"LEFT JOIN (\n{without_terminator(query)}\n) AS source ({column_list(tuple(columns))}) ON FALSE"
        )

    def _source(self, version: str) -> str:
        return qualified(self.versions_schema, source_name(version))

    def _grantee(self, role: str) -> str:
        return "PUBLIC" if role.lower() == "public" else identifier(role)


def milliseconds(minutes: float) -> int:
    """At least one: to the server, 0 means for ever."""
    return max(1, round(minutes * 60_000))


def shown_columns(columns: tuple[str, ...], types: Mapping[str, str]) -> str:
    """`"a", CAST("b" AS bigint) AS "b"`."""
    return ", ".join(
        f"CAST({identifier(name)} AS {types[name]}) AS {identifier(name)}" if name in types else identifier(name)
        for name in columns
    )


def view_options(options: tuple[str, ...]) -> str:
    """` WITH ("name" = 'value', ...)` from a view's `name=value` settings."""
    pairs = (option.partition("=") for option in options)
    settings = ", ".join(f"{identifier(name)} = {literal(value)}" for name, _, value in pairs)
    return f" WITH ({settings})" if settings else ""
