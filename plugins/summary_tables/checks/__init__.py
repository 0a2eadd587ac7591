"""The kinds of check that a file can name.

To add one: a module here with a class that satisfies `Check`, its keys in `schemas/summary_table.schema.json`, a test,
and a place in `CHECK_KINDS`.
"""

from collections.abc import Mapping

from summary_tables.checks.check import MOST_ROWS, Answer, Check, CheckResult, Severity
from summary_tables.checks.check_names import CheckName, check_names
from summary_tables.checks.kinds.accepted_values import AcceptedValues
from summary_tables.checks.kinds.average import Average
from summary_tables.checks.kinds.freshness import Freshness
from summary_tables.checks.kinds.length import Length
from summary_tables.checks.kinds.matches import Matches
from summary_tables.checks.kinds.no_gaps import NoGaps
from summary_tables.checks.kinds.no_rows import NoRows
from summary_tables.checks.kinds.not_null import NotNull
from summary_tables.checks.kinds.null_share import NullShare
from summary_tables.checks.kinds.range import Range
from summary_tables.checks.kinds.relationships import Relationships
from summary_tables.checks.kinds.row_count import RowCount
from summary_tables.checks.kinds.row_count_change import RowCountChange
from summary_tables.checks.kinds.row_count_equals import RowCountEquals
from summary_tables.checks.kinds.sql_count import SqlCount
from summary_tables.checks.kinds.sum import Sum
from summary_tables.checks.kinds.unique import Unique

__all__ = [
    "CHECK_KINDS",
    "MOST_ROWS",
    "Answer",
    "Check",
    "CheckName",
    "CheckResult",
    "NoRows",
    "Severity",
    "SqlCount",
    "check_from_item",
    "check_names",
]

CHECK_KINDS: Mapping[str, type[Check]] = {
    kind.KEY: kind
    for kind in (
        RowCount,
        NotNull,
        Unique,
        AcceptedValues,
        Range,
        NullShare,
        Matches,
        Length,
        Relationships,
        Freshness,
        NoGaps,
        Sum,
        Average,
        RowCountEquals,
        RowCountChange,
        NoRows,
        SqlCount,
    )
}
"""By their keys, in the order in which editors offer them."""


def check_from_item(item: Mapping[str, object]) -> Check:
    """The check that a valid item spells; KeyError where it names no kind."""
    key = next((key for key in CHECK_KINDS if key in item), None)
    if key is None:
        raise KeyError(f"no check kind among {sorted(item)}")
    return CHECK_KINDS[key].from_item(item)
