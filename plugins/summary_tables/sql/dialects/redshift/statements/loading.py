"""Rows that are no query's go into a table, as SQL for Redshift, whose COPY reads files of Amazon's stores alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.model.table import Attributes
from summary_tables.sql.dialects.postgres.statements.loading import PostgresLoading
from summary_tables.sql.dialects.redshift.statements.versions import layout


@dataclass(frozen=True, slots=True)
class RedshiftLoading(PostgresLoading):
    """Amazon Redshift."""

    @property
    def counts_bytes(self) -> bool:
        return True

    def copy(self, relation: str, columns: Sequence[str]) -> str:  # noqa: ARG002 - the protocol's
        return ""

    def _layout(self, attributes: Attributes) -> str:
        return layout(attributes)
