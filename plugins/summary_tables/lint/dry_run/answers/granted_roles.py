"""The roles of `grants`, which the warehouse must have when the table is published."""

from collections.abc import Iterator

from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.dry_run.server import Server
from summary_tables.model.problem import Finding
from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.rights.unknown_roles import unknown_roles


def findings(server: Server, file: TableFile) -> Iterator[Finding[YamlPath]]:
    """One for each role that does not exist."""
    select = file.config.table.grants.select
    for role in unknown_roles(server.session, select):
        near = f"write `{role.near}`" if role.near else f"an administrator runs: CREATE ROLE {identifier(role.name)};"
        message = f"the warehouse has no role `{role.name}`"
        path = ("grants", "select", select.index(role.name))
        yield Finding(place=path, level="error", message=message, fix=near, rule="warehouse-role")
