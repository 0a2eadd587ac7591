"""What the runs of a table do with its rows, and what becomes of its history where that changes."""

from collections.abc import Iterator

from summary_tables.full_refresh_run import FULL_REFRESH
from summary_tables.pull_request.changes import TableChange
from summary_tables.pull_request.markdown_text import code
from summary_tables.refresh_in_words import refresh_in_words

_CONFIGURATION = f'{{"{FULL_REFRESH}": true}}'
_WHOLE_FROM_NOW_ON = (
    "- **⚠ History**: from the next run on the table has the rows that the query gives, and no others. "
    "What earlier runs had added is gone where the query does not give it"
)
_GROWS_FROM_NOW_ON = (
    "- **⚠ History**: the rows that are there stay, and each run adds its part. To build all of them anew with this "
    f"query, start a run with the configuration {code(_CONFIGURATION)}"
)


def refresh_lines(change: TableChange) -> Iterator[str]:
    """Nothing for a table that was and will be built anew by each run."""
    after = change.file.config.table.refresh
    before = change.before.config.table.refresh if change.before else after
    if not (before.is_incremental or after.is_incremental):
        return
    words = refresh_in_words(after)
    yield f"- **Refreshed** {words}" if before == after else f"- **Refreshed** {refresh_in_words(before)} → {words}"
    if before.is_incremental != after.is_incremental:
        yield _GROWS_FROM_NOW_ON if after.is_incremental else _WHOLE_FROM_NOW_ON
