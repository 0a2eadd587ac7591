"""The indexes and the layout of a version that stands, as SQL for PostgreSQL."""

from dataclasses import dataclass
from typing import Final

from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import qualified

MADE_BY_US: Final = "Declared in the file of the summary table."
"""The comment of an index that a run made: one that the file no longer has is dropped, and no other."""


@dataclass(frozen=True, slots=True)
class PostgresIndexes:
    """PostgreSQL."""

    def indexes(self, schema: str, name: str) -> str:
        return _INDEXES.format(relation=literal(qualified(schema, name)), ours=literal(MADE_BY_US))

    def mark_index(self, schema: str, index: str) -> str:
        return f"COMMENT ON INDEX {qualified(schema, index)} IS {literal(MADE_BY_US)}"

    def drop_index(self, schema: str, index: str) -> str:
        return f"DROP INDEX {qualified(schema, index)}"

    def fillfactor(self, schema: str, name: str) -> str:
        return (
            "SELECT (SELECT option_value::integer FROM pg_catalog.pg_options_to_table(c.reloptions)\n"
            "    WHERE option_name = 'fillfactor')\n"
            f"FROM pg_catalog.pg_class c WHERE c.oid = {literal(qualified(schema, name))}::pg_catalog.regclass"
        )

    def set_fillfactor(self, schema: str, name: str, percent: int) -> str:
        return f"ALTER TABLE {qualified(schema, name)} SET (fillfactor = {percent})"


_INDEXES = """\
SELECT i.relname::text, pg_catalog.to_json(ARRAY(
    SELECT a.attname::text FROM pg_catalog.unnest(x.indkey::smallint[]) WITH ORDINALITY AS k(place, number)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.place
    ORDER BY k.number
))::text, x.indisunique, m.amname::text, pg_catalog.obj_description(i.oid, 'pg_class') IS NOT DISTINCT FROM {ours}
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = i.relam
WHERE x.indrelid = {relation}::pg_catalog.regclass AND x.indisvalid
    AND x.indpred IS NULL AND x.indexprs IS NULL
ORDER BY i.relname"""
