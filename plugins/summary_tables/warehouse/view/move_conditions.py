"""What must hold before a plain table can be made a published view. All that does not is said at once."""

from summary_tables.model.table import SummaryTable
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.sql.statements.migration import MigrationStatements
from summary_tables.warehouse.live_table import LiveTable
from summary_tables.warehouse.session.session import Session


def why_not_moved(
    session: Session, migration: MigrationStatements, table: SummaryTable, live: LiveTable, advice: str
) -> str:
    """Sentences; empty if nothing is in the way. `advice`: what to do with what is in the way, without its end."""
    plain, obstacles = f"{table.full_name} is a plain table", _obstacles(session, migration, table)
    said = []
    if live.owner != session.role:
        said.append(
            f"{plain} that belongs to {live.owner}, so the role {session.role} may not put the published view in its "
            f"place. An administrator runs: ALTER TABLE {qualified(table.schema, table.table)} OWNER TO "
            f"{identifier(session.role)};"
        )
    if obstacles:
        subject = "Besides, it cannot" if said else f"{plain}, and it cannot"
        said.append(
            f"{subject} be made a published view because of: {'; '.join(obstacles)}. {advice}, "
            "or give the summary table another name."
        )
    return " ".join(said)


def _obstacles(session: Session, migration: MigrationStatements, table: SummaryTable) -> list[str]:
    found = session.rows(migration.obstacles(table.schema, table.table, session.warehouse.versions_schema))
    views = session.rows(migration.dependent_views(table.schema, table.table))
    foreign = [f"view {schema}.{view}, which belongs to {owner}" for schema, view, owner, ours in views if not ours]
    return [*(row[0] for row in found), *foreign]
