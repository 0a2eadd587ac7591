"""What Redshift spells otherwise than PostgreSQL.

Written from Amazon's documentation and checked by a parser only: it has not been run on a live cluster.
Redshift has no advisory locks (the build log is locked instead), no lock_timeout, no indexes, no CREATE OR REPLACE
options, and its scalar functions cannot write.
"""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.model import Attributes, Index
from summary_tables.warehouse import catalog_statements
from summary_tables.warehouse.sql_text import backslash_literal, column_list, identifier, qualified, without_semicolon
from summary_tables.warehouse.statements import Statements


@dataclass(frozen=True, slots=True)
class RedshiftStatements(Statements):
    """Amazon Redshift."""

    TEXT: ClassVar[str] = "varchar(65535)"
    NOW: ClassVar[str] = "SYSDATE"
    CAN_MIGRATE: ClassVar[bool] = False
    BEGIN_READ_ONLY: ClassVar[str] = "BEGIN READ ONLY"
    BEGIN: ClassVar[str] = "BEGIN READ WRITE"

    def enter_session(self) -> tuple[str, ...]:
        """The name under which other sessions see ours."""
        return ("SET application_name = 'summary_tables'",)

    def reset_session(self) -> tuple[str, ...]:
        """Redshift's `set_config` sets search_path and a few more; a query cannot change the role."""
        return ("RESET ALL", *self.enter_session())

    def declare_cursor(self, query: str) -> str:
        """Redshift knows no other kind of cursor."""
        return f"DECLARE guard CURSOR FOR\n{query}\n"

    def describe(self, query: str) -> str:
        """A FETCH would run the whole query: Redshift fills a cursor at the first one."""
        return f"SELECT * FROM (\n{without_semicolon(query)}\n) AS described LIMIT 0"

    def probe_functions(self, version: str, query: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Nothing to find: user-defined functions of Redshift cannot write."""
        return ()

    def create_index(self, version: str, index: Index) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """There are no indexes."""
        return ()

    def limit_lock_waits(self) -> tuple[str, ...]:
        """There is no lock_timeout."""
        return ()

    def lock_table(self, schema: str, table: str) -> str:  # noqa: ARG002 - one lock for all tables
        """There are no advisory locks."""
        return f"LOCK TABLE {self._log}"

    def lock_setup(self) -> tuple[str, ...]:
        """There is nothing yet that could be locked."""
        return ()

    def old_snapshots(self, version: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """Its transactions see the catalog and the rows of the same moment."""
        return ()

    def view_settings(self, schema: str, view: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Its views have no settings."""
        return ()

    def version_readers(self, version: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """A view always reads with the rights of its owner."""
        return ()

    def columns(self, schema: str, name: str) -> str:
        """Redshift's catalog knows no collations."""
        return catalog_statements.columns_without_collations(schema, name)

    def lock_holders(self, schema: str, table: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Waits are not limited, so nobody asks."""
        return ()

    def create_view(
        self,
        schema: str,
        table: str,
        version: str,
        columns: tuple[str, ...],
        options: tuple[str, ...] = (),  # noqa: ARG002 - views have no options
    ) -> str:
        """Show `version` to readers; grants and owner stay."""
        view, source = qualified(schema, table), self._version(version)
        return f"CREATE OR REPLACE VIEW {view} AS\nSELECT {column_list(columns)}\nFROM {source}"

    def literal(self, text: str) -> str:
        """A string literal."""
        return backslash_literal(text)

    def _attributes(self, attributes: Attributes) -> str:
        style = f" DISTSTYLE {attributes.diststyle.upper()}" if attributes.diststyle else ""
        key = f" DISTKEY ({identifier(attributes.distkey)})" if attributes.distkey else ""
        kind = f" {attributes.sortstyle.upper()}" if attributes.sortstyle else ""
        sort = f"{kind} SORTKEY ({column_list(attributes.sortkey)})" if attributes.sortkey else ""
        return style + key + sort

    def _grantee(self, role: str) -> str:
        """A user; `group <name>` and `role <name>` mean those."""
        kind, _, name = role.partition(" ")
        if kind.lower() in ("group", "role") and name:
            return f"{kind.upper()} {identifier(name)}"
        return Statements._grantee(self, role)
