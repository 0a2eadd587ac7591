"""The indexes of a version, as SQL text for PostgreSQL."""

from typing import Final

from summary_tables.sql.dialects.postgres.text import literal, qualified

MADE_BY_US: Final = "Declared in the file of the summary table."
"""The comment of an index that a run made: one that the file no longer has is dropped, and no other."""


def indexes(schema: str, name: str) -> str:
    """Name, columns as a JSON list, whether it is unique, its method, whether we made it; only of plain columns."""
    return _INDEXES.format(relation=literal(qualified(schema, name)), ours=literal(MADE_BY_US))


def mark_index(schema: str, index: str) -> str:
    """Remember that a run made it."""
    return f"COMMENT ON INDEX {qualified(schema, index)} IS {literal(MADE_BY_US)}"


def drop_index(schema: str, index: str) -> str:
    """Readers of the version hold it up."""
    return f"DROP INDEX {qualified(schema, index)}"


def fillfactor(schema: str, name: str) -> str:
    """How full the pages of a version are made, in percent; NULL: as the server does by itself."""
    return (
        "SELECT (SELECT option_value::integer FROM pg_catalog.pg_options_to_table(c.reloptions)\n"
        "    WHERE option_name = 'fillfactor')\n"
        f"FROM pg_catalog.pg_class c WHERE c.oid = {literal(qualified(schema, name))}::pg_catalog.regclass"
    )


def set_fillfactor(schema: str, name: str, percent: int) -> str:
    """For the pages that are written from now on. Nobody waits."""
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
