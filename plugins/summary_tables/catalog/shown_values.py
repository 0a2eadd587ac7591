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


def why_no_rows(declaration: Declaration | None) -> str:
    """Why no row of the table may be shown, not even without columns; empty: some may be."""
    if declaration is None or declaration.config is None or declaration.is_broken:
        return "Without a file that can be used, nobody knows which columns hold personal data. So no row is shown."
    if not declaration.config.settings.samples:
        return "This deployment shows no values of tables: `defaults.yaml` says `samples: false`."
    return ""


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
