"""A run that somebody starts in Airflow to build a table that grows anew as a whole, from its beginning.

It is asked for in the configuration that Airflow's trigger form takes as JSON, as a roll-back is. In its SQL
`data_interval_start` is the beginning of the table; every other date is what it would be in any run.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from summary_tables.model.table import Refresh

FULL_REFRESH: Final = "full_refresh"
"""`{"full_refresh": true}`."""

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The beginning of a table that says no `start`."""

NEEDLESS: Final = f"Each run builds this table anew: `{FULL_REFRESH}` changes nothing."
"""For the log of such a run of a table that does not grow."""

_SPELLING = "fullrefresh"
_YES = ("true", "yes", "y", "on", "1")
_NO = ("false", "no", "n", "off", "0", "", "none", "null")


def wanted_full_refresh(configuration: Mapping[str, object] | None) -> bool:
    """Whether the run is to build the whole table. Blanks and `_` in the key are free, and `"yes"` is true, too."""
    return _written(configuration) in _YES


def refusal(configuration: Mapping[str, object] | None, *, rolls_back: bool) -> str:
    """What is wrong with what the configuration asks for, in whole sentences; empty if nothing is.

    `rolls_back`: it asks to publish an earlier build as well.
    """
    written = _written(configuration)
    if written not in (*_YES, *_NO):
        return f'`{FULL_REFRESH}` in the configuration of this run is "{written}"; it can be true or false.'
    if written in _YES and rolls_back:
        return (
            f"The configuration of this run asks for both `{FULL_REFRESH}`, which builds the table, and a roll-back, "
            "which builds nothing. Start a run with one of them."
        )
    return ""


def first_moment(refresh: Refresh) -> datetime:
    """What `data_interval_start` is in a full refresh (UTC)."""
    return refresh.start or EARLIEST


def _written(configuration: Mapping[str, object] | None) -> str:
    for key, value in (configuration or {}).items():
        if re.sub(r"[\W_]", "", key.lower()) == _SPELLING:
            return str(value).strip().lower()
    return ""
