"""Values as texts of a bounded length: a huge one is not even fetched."""

from summary_tables.model.column import Column
from summary_tables.sql.quoting import identifier


def short_text(column: Column, characters: int) -> str:
    """An expression: the first `characters` of what the warehouse writes for the column's value; NULL stays NULL."""
    name = identifier(column.name)
    if column.type == "boolean":
        # Redshift makes no text of one.
        return f"CASE WHEN {name} THEN 'true' WHEN NOT {name} THEN 'false' END"
    return f"SUBSTRING(CAST({name} AS text) FROM 1 FOR {characters})"
