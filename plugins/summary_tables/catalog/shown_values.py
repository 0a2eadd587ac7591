"""What the logs remember, without values of rows where the file or the deployment wants none to be shown.

What is logged now holds none; a row from before a column was marked `pii`, or before `samples: false`, may.
"""

import re
from dataclasses import replace
from typing import Final

from summary_tables.catalog.entry import Declaration
from summary_tables.model.table_history import FailingCheck, LoggedCheck, TableHistory

_NO_VALUES: Final = re.compile(r"(?:[-+]?[\d,.]+%?|none|no value \(NULL\))(?: [a-z][a-z ,;-]*)?(?=$|[(:,])")
_NOT_SHOWN: Final = "something else, which is not shown: it may hold values of the table"


def without_values(history: TableHistory, declaration: Declaration | None) -> TableHistory:
    """`history` as people may see it."""
    if _shows_values(declaration):
        return history
    return replace(
        history,
        failing=tuple(_failing(found) for found in history.failing),
        checks=tuple(_check(check) for check in history.checks),
    )


def _shows_values(declaration: Declaration | None) -> bool:
    """Where the file is gone or cannot be read, nobody knows which columns hold personal data."""
    config = declaration.config if declaration else None
    return config is not None and config.table.shows_values(samples=config.settings.samples)


def _failing(found: FailingCheck) -> FailingCheck:
    return replace(found, check=_check(found.check))


def _check(check: LoggedCheck) -> LoggedCheck:
    return replace(check, actual=_found(check.actual), error=_without_quotes(check.error))


def _found(actual: str) -> str:
    """The number that it begins with, and what was counted."""
    kept = _NO_VALUES.match(actual)
    if not actual or (kept and kept[0] == actual):
        return actual
    return kept[0].rstrip() if kept else _NOT_SHOWN


def _without_quotes(error: str) -> str:
    """Servers quote values, in one way or another."""
    return "" if re.search(r"""["'(=:]""", error) else error
