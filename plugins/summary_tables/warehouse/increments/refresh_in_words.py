"""What a run does with the rows of its query, as people read it."""

from summary_tables.model.table import Refresh
from summary_tables.text.english import quoted


def refresh_in_words(refresh: Refresh) -> str:
    """E.g. "each run adds its rows, from 2026-01-01 on"."""
    match refresh.strategy:
        case "append":
            words = "each run adds its rows"
        case "delete_insert":
            words = f"each run replaces the rows of its data interval, by `{refresh.time_column}`"
        case "merge":
            words = f"each run replaces the rows with the same {quoted(refresh.unique_key)}, and adds the others"
        case _:
            return "each run builds the whole table"
    return f"{words}, from {refresh.start:%Y-%m-%d} on" if refresh.start else words
