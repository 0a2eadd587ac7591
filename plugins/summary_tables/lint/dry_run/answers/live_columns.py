"""What stands under the table's name now, and whether publishing could put this query's result in its place."""

from collections.abc import Iterator

from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.dry_run.catalog import Catalog
from summary_tables.lint.dry_run.refusal import Refusal
from summary_tables.lint.dry_run.server import Server
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding
from summary_tables.sql.dialect import TypeRules
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.sql.statements.migration import MigrationStatements
from summary_tables.sql.type_names import short
from summary_tables.text.spelling import nearest
from summary_tables.warehouse.columns.compatibility import Widening, lost_columns, misfit, widened
from summary_tables.warehouse.columns.rebuild_messages import Reading
from summary_tables.warehouse.columns.rebuild_views import readers_of

_RULE = "warehouse-live"

# By pg_class.relkind.
_TABLES = ("r", "p")
_WHAT = {"v": "a view that was made by somebody else", "m": "a materialized view", "f": "a foreign table"}


def findings(
    server: Server, catalog: Catalog, file: TableFile, columns: tuple[Column, ...]
) -> Iterator[Finding[YamlPath]]:
    """`columns` are those of `main_sql`; none while it is wrong."""
    table = file.config.table
    found = server.hints(server.session.sql.catalog.relation(table.schema, table.table))
    if not found:
        yield from _missing_schema(catalog, table.schema)
        return
    kind, owner = found[0]
    if kind in _TABLES:
        yield _plain_table(server, file, owner)
    elif not _shows_a_version(server, file, kind):
        what = _WHAT.get(kind, "no table")
        message = f"`{table.full_name}` is {what}; publishing would destroy it, and refuses"
        yield Finding(
            place=("table",), rule=_RULE, level="warning", message=message, fix="give the summary table another name"
        )
        return
    live = server.describe(f"SELECT * FROM {qualified(table.schema, table.table)}")
    if columns and not isinstance(live, Refusal):
        # What reads a plain table is told with its becoming a view.
        rules = server.session.dialect.types
        is_asked = kind not in _TABLES and widened(rules, live, columns)
        readers = readers_of(server.session.sql, server.hints, table, owner) if is_asked else ()
        yield from _changes(rules, table.full_name, live, columns, readers)


def _missing_schema(catalog: Catalog, schema: str) -> Iterator[Finding[YamlPath]]:
    schemas = catalog.schemas()
    if schemas and schema not in schemas:
        near = nearest(schema, schemas)
        fix = f"write `{near}`" if near else f"an administrator runs: CREATE SCHEMA {identifier(schema)};"
        message = f"the warehouse has no schema `{schema}`"
        yield Finding(place=("schema",), level="error", message=message, fix=fix, rule="warehouse-table")


def _shows_a_version(server: Server, file: TableFile, kind: str) -> bool:
    table = file.config.table
    read = server.hints(server.session.sql.catalog.relations_read(table.schema, table.table)) if kind == "v" else []
    return len(read) == 1 and read[0][0] == file.config.settings.warehouse.versions_schema


def _plain_table(server: Server, file: TableFile, owner: str) -> Finding[YamlPath]:
    name = file.full_name
    migration = server.session.sql.migration
    obstacles = _obstacles(server, migration, file, owner) if migration else ""
    if not migration:
        message = f"`{name}` is a plain table, and publishing puts a view in its place"
        fix = "rename that table in the warehouse before the first run"
    elif obstacles:
        message = (
            f"`{name}` is a plain table of the role {owner}, and publishing cannot put a view in its place because of "
            f"{obstacles}"
        )
        fix = (
            f"drop or move these in the warehouse, and let the role {owner} build the tables; "
            "or give the summary table another name"
        )
    else:
        message = (
            f"`{name}` is a plain table of the role {owner}: the first publishing keeps it among the versions and puts "
            f"a view in its place; for that, the tables must be built by the role {owner}"
        )
        return Finding(place=("table",), rule=_RULE, level="info", message=message)
    return Finding(place=("table",), rule=_RULE, level="warning", message=message, fix=fix)


def _obstacles(server: Server, migration: MigrationStatements, file: TableFile, owner: str) -> str:
    table, versions = file.config.table, file.config.settings.warehouse.versions_schema
    found = server.hints(migration.obstacles(table.schema, table.table, versions))
    views = server.hints(migration.dependent_views(table.schema, table.table))
    foreign = [f"view {schema}.{view}, which belongs to {whose}" for schema, view, whose, _ in views if whose != owner]
    return "; ".join([*(row[0] for row in found), *foreign])


def _changes(
    rules: TypeRules,
    name: str,
    live: tuple[Column, ...],
    built: tuple[Column, ...],
    readers: tuple[Reading, ...],
) -> Iterator[Finding[YamlPath]]:
    if misfit(rules, name, live, built):
        yield _refused(rules, name, live, built)
        return
    known = {column.name for column in live}
    added = tuple(column for column in built if column.name not in known)
    if wider := widened(rules, live, built):
        yield _widening(name, wider, readers)
    if added:
        message = f"the next publishing adds to `{name}`: {_listed(added)}"
        yield Finding(place=("main_sql",), rule=_RULE, level="info", message=message)


def _refused(rules: TypeRules, name: str, live: tuple[Column, ...], built: tuple[Column, ...]) -> Finding[YamlPath]:
    types = {column.name: column.type for column in built}
    lost = [column for column in live if lost_columns(rules, (column,), built)]
    gone = [column for column in lost if column.name not in types]
    changes = ", ".join(_change(column, types.get(column.name)) for column in lost)
    message = (
        f"publishing would refuse this, for the readers of `{name}`: {changes}; "
        f"it has {_listed(live)}, and the query gives {_listed(built)}"
    )
    ways = (
        "give the query the missing columns again" if gone else "",
        "correct the query if a change of type was a mistake" if len(lost) > len(gone) else "",
        "use a new table name",
    )
    return Finding(
        place=("main_sql",), rule=_RULE, level="warning", message=message, fix=", or ".join(filter(None, ways))
    )


def _widening(name: str, widenings: tuple[Widening, ...], readers: tuple[Reading, ...]) -> Finding[YamlPath]:
    changes = ", ".join(f"`{each.name}` from {short(each.before)} to {short(each.after)}" for each in widenings)
    blocked = "; ".join(str(each) for each in readers if each.blocked)
    if blocked:
        message = f"publishing would refuse to widen columns of `{name}` ({changes}) because of {blocked}"
        fix = "before the run, their owners drop these in this order; after it, they create them again"
        return Finding(place=("main_sql",), rule=_RULE, level="warning", message=message, fix=fix)
    views = ", ".join(f"`{each.schema}.{each.name}`" for each in readers)
    again = f"; it creates the views that read it again: {views}" if views else ""
    message = f"the next publishing widens columns of `{name}`: {changes}{again}"
    return Finding(place=("main_sql",), rule=_RULE, level="info", message=message)


def _change(column: Column, built: str | None) -> str:
    return (
        f"`{column.name}` would be {short(built)} instead of {short(column.type)}"
        if built
        else f"`{column.name}` would be gone"
    )


def _listed(columns: tuple[Column, ...]) -> str:
    return ", ".join(f"`{column.name}` ({short(column.type)})" for column in columns)
