"""`merge`: each row of a run takes the place of the one with the same key, or is added where there is none."""

from collections.abc import Mapping
from datetime import datetime

from summary_tables.model.increment import RUN_COLUMN
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.dialects.postgres.text import timestamp
from summary_tables.sql.quoting import identifier
from summary_tables.sql.statements.increments import IncrementStatements
from summary_tables.text.english import quoted
from summary_tables.warehouse.increments.shown_rows import examples, rows_have, rows_of_result
from summary_tables.warehouse.increments.strategy import Addition, Asked, Change, Preview, Strategy, Whole


class Merge(Strategy):
    """Which row is meant, its `unique_key` tells; the row of the latest run stays."""

    NAME = "merge"
    SKIPPED = "had newer values there already"

    def in_words(self, refresh: Refresh, /) -> str:
        return f"each run replaces the rows with the same {quoted(refresh.unique_key)}, and adds the others"

    def preview_words(self, refresh: Refresh, preview: Preview, /) -> str:
        key = quoted(refresh.unique_key)
        return (
            f"put {preview.rows} into {preview.target}, each in the place of the one with the same {key} if there is "
            "one"
        )

    def columns(self, refresh: Refresh, /) -> Mapping[str, tuple[str, ...]]:
        return {"unique_key": refresh.unique_key}

    def why_not_rows(self, asked: Asked, addition: Addition, /) -> str:
        return _why_empty(asked, addition) or _why_repeated(asked, addition)

    def change(self, sql: IncrementStatements, addition: Addition, base: str, /) -> Change:
        key, moment = addition.refresh.unique_key, addition.moment
        return Change(
            delete=sql.delete_of_keys(base, addition.version, key, moment, _moment_of_others(addition)),
            insert=sql.add_rows_of_new_keys(base, addition.version, tuple(addition.types), moment, key),
        )

    def whole(self, _sql: IncrementStatements, addition: Addition, old: str, fresh: str, /) -> Whole:
        same = " AND ".join(f"old.{identifier(name)} = new.{identifier(name)}" for name in addition.refresh.unique_key)
        others = timestamp(_moment_of_others(addition))
        came = f"COALESCE(old.{identifier(RUN_COLUMN)}, {others})" if addition.has_runs else others
        is_newer = f"{came} <= {timestamp(addition.moment)}"
        return Whole(
            stay=f"\nWHERE NOT ({is_newer} AND EXISTS (SELECT 1 FROM {fresh} AS new WHERE {same}))",
            come=f"\nWHERE NOT EXISTS (SELECT 1 FROM {old} AS old WHERE {same} AND NOT {is_newer})",
        )

    def lost(self, asked: Asked, table: SummaryTable, live: str, whole: str, /) -> str:
        ((keys,),) = asked.rows(asked.sql.increments.lost_keys(live, whole, table.refresh.unique_key))
        return f"lacks {keys:,} of the rows that readers have, by `unique_key`" if keys else ""


def _moment_of_others(addition: Addition) -> datetime:
    """That of the rows that came from no increment: those of a whole build came from its interval."""
    base = addition.base
    return base.interval_end if base and base.is_whole and base.interval_end else addition.moment


def _why_empty(asked: Asked, addition: Addition) -> str:
    key = addition.refresh.unique_key
    found = asked.rows(asked.sql.increments.empty_keys(addition.version, key))
    if not found:
        return ""
    shown = examples(addition, key, found) if len(key) > 1 else ""
    return (
        f"{rows_have(found)} an empty value (NULL) in the unique key ({', '.join(key)}){shown}. "
        f"Leave such rows out (WHERE {key[0]} IS NOT NULL), or choose other columns as `unique_key`."
    )


def _why_repeated(asked: Asked, addition: Addition) -> str:
    key = addition.refresh.unique_key
    found = asked.rows(asked.sql.increments.repeated_keys(addition.version, key))
    if not found:
        return ""
    name = ", ".join(key)
    return (
        f"{rows_of_result(found)} share their unique key ({name}) with another"
        f"{examples(addition, key, found)}. "
        f"Let the query return one row for each (GROUP BY {name}), or add a column to `unique_key`."
    )
