"""The rows of a query go into a temporary table, which is filled where nothing can write, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.sql.dialects.postgres import reached
from summary_tables.sql.dialects.postgres.lexical import LEXICAL
from summary_tables.sql.quoting import column_list, identifier
from summary_tables.sql.select_only import without_terminator
from summary_tables.sql.statements.copying import COPY


@dataclass(frozen=True, slots=True)
class PostgresCopying:
    """PostgreSQL."""

    def true_types(self, query: str, columns: Sequence[str]) -> str:
        asked = ", ".join(
            f"pg_catalog.pg_typeof({identifier(name)})::pg_catalog.oid::pg_catalog.int8" for name in columns
        )
        return self._about_columns(asked, query, columns)

    def full_types(self, types: Sequence[tuple[int, int]]) -> str:
        wanted = ", ".join(f"({place}, {oid}, {modifier})" for place, (oid, modifier) in enumerate(types))
        return (
            "SELECT pg_catalog.format_type(t.oid, wanted.modifier), t.typcollation <> 0\n"
            f"FROM (VALUES {wanted}) AS wanted (place, oid, modifier)\n"
            "JOIN pg_catalog.pg_type t ON t.oid = wanted.oid ORDER BY wanted.place"
        )

    def collations(self, query: str, columns: Sequence[str], collated: Sequence[str]) -> str:
        asked = ", ".join(
            f"pg_catalog.pg_collation_for({identifier(name)})::pg_catalog.regcollation::pg_catalog.oid::pg_catalog.int8"
            for name in collated
        )
        return self._about_columns(asked, query, columns)

    def collation_names(self, collations: Sequence[int]) -> str:
        return (
            "SELECT c.oid::bigint, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.collname)\n"
            "FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace\n"
            f"WHERE c.oid IN ({', '.join(map(str, collations))})"
        )

    def untrusted_types(self, types: Sequence[int]) -> str:
        return reached.untrusted_types(types)

    def create_copy(self, columns: Sequence[tuple[str, str, str | None]]) -> str:
        definitions = (
            f"{identifier(name)} {kind}" + (f" COLLATE {collation}" if collation else "")
            for name, kind, collation in columns
        )
        return f"CREATE TEMPORARY TABLE {COPY} ({', '.join(definitions)}) ON COMMIT DROP"

    def fill_copy(self, query: str) -> str:
        return f"INSERT INTO pg_temp.{COPY}\n{query}\n"

    def copied_query(self) -> str:
        return f"SELECT * FROM pg_temp.{COPY}"

    def _about_columns(self, asked: str, query: str, columns: Sequence[str]) -> str:
        return (
            f"SELECT {asked}\nFROM (SELECT) AS one_row\n"
            f"LEFT JOIN (\n{without_terminator(query, LEXICAL)}\n) AS source ({column_list(tuple(columns))}) ON FALSE"
        )
