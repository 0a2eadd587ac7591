"""The query of a check, with what it compares the new table with."""

from collections.abc import Callable

from summary_tables.checks import Check
from summary_tables.checks.check_sql import EARLIER_BUILDS, LIVE_TABLE
from summary_tables.model.placeholders import fill_earlier_builds, fill_live_table


def compared_query(
    check: Check, source: str, earlier_builds: Callable[[], str], live_column: Callable[[str], str]
) -> str:
    """`source`, the query of `check`, filled in; asks only for what stands in it.

    A query that a person wrote compares with nothing: what looks like that in it means itself.
    """
    if check.IS_QUERY:
        return source
    if EARLIER_BUILDS in source:
        source = fill_earlier_builds(source, earlier_builds())
    return fill_live_table(source, live_column(check.columns[0])) if LIVE_TABLE in source else source
