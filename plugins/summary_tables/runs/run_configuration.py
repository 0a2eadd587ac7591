"""What somebody asks of a run in its configuration: by the fields of Airflow's trigger form, or as JSON.

`preview` has options for it instead.

Blanks, dashes, `_` and capitals in a key are free. A key that means nothing is refused: a run that was meant to build
the whole table, or to roll it back, would otherwise be an ordinary one. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Span
from summary_tables.text.english import quoted
from summary_tables.text.moments import due_text
from summary_tables.text.spelling import nearest
from summary_tables.text.written_moment import moments_written

FULL_REFRESH: Final = "full_refresh"
"""`{"full_refresh": true}`: a table that grows is built anew as a whole, from its beginning."""

ROLL_BACK_TO: Final = "roll_back_to"
"""`{"roll_back_to": "2026-11-21 03:00 UTC"}`; a run id is understood, too."""

MAY_LOSE_ROWS: Final = "may_lose_rows"
"""`{"full_refresh": true, "may_lose_rows": true}`."""

START: Final = "data_interval_start"
END: Final = "data_interval_end"
"""`{"data_interval_start": "2026-11-21 06:00 UTC", "data_interval_end": "2026-11-22 00:00 UTC"}`."""

KEYS: Final = (FULL_REFRESH, MAY_LOSE_ROWS, ROLL_BACK_TO, START, END)

_OTHER_SPELLINGS: Mapping[str, str] = {"rollback": ROLL_BACK_TO}
_YES = ("true", "yes", "y", "on", "1")
_NO = ("false", "no", "n", "off", "0", "", "none", "null")


def asked(configuration: Mapping[str, object] | None, key: str) -> str:
    """What the configuration says at `key`; empty if nothing."""
    for written, value in (configuration or {}).items():
        if _known(written) == key:
            return "" if value is None or value is False else str(value).strip()
    return ""


def wanted_full_refresh(configuration: Mapping[str, object] | None) -> bool:
    """Whether the run is to build the whole table; `"yes"` is true, too."""
    return _is_true(configuration, FULL_REFRESH)


def wanted_interval(configuration: Mapping[str, object] | None, zone: str) -> Span | None:
    """The data interval that the run is to cover; None: its own. Without a zone, times are those of `zone`."""
    texts = asked(configuration, START), asked(configuration, END)
    start, end = (_only(moments_written(text, zone)) for text in texts)
    return (start, end) if start and end and start < end else None


def wanted_loss(configuration: Mapping[str, object] | None) -> bool:
    """Whether a full refresh may take rows away that readers see."""
    return _is_true(configuration, MAY_LOSE_ROWS)


def why_refused(configuration: Mapping[str, object] | None, table: SummaryTable) -> str:
    """What is wrong with what the configuration asks for, in whole sentences; empty if nothing is."""
    unknown = next((key for key in configuration or {} if _known(key) is None), None)
    if unknown is not None:
        words = {_bare(key): key for key in KEYS} | {"dataintervalbegin": START}
        near = nearest(_bare(unknown), list(words))
        advice = f"Write `{words[near]}`." if near else f"It can have {quoted(KEYS)}."
        return f"The configuration of this run has `{unknown}`, which means nothing. {advice} Nothing was done."
    rolls_back = bool(asked(configuration, ROLL_BACK_TO))
    return (
        _why_unclear(configuration, rolls_back=rolls_back)
        or _why_forbidden(configuration, table)
        or _why_no_interval(configuration, table.timezone, rolls_back=rolls_back)
    )


def _is_true(configuration: Mapping[str, object] | None, key: str) -> bool:
    return asked(configuration, key).lower() in _YES


def _why_unclear(configuration: Mapping[str, object] | None, *, rolls_back: bool) -> str:
    written = asked(configuration, FULL_REFRESH).lower()
    if written not in (*_YES, *_NO):
        return f'`{FULL_REFRESH}` in the configuration of this run is "{written}"; it can be true or false.'
    if written in _YES and rolls_back:
        return (
            f"The configuration of this run asks for both `{FULL_REFRESH}`, which builds the table, and a roll-back, "
            "which builds nothing. Start a run with one of them."
        )
    return ""


def _why_forbidden(configuration: Mapping[str, object] | None, table: SummaryTable) -> str:
    if table.full_refresh or not table.refresh.is_incremental or not wanted_full_refresh(configuration):
        return ""
    return (
        f"{table.full_name} may not be built anew as a whole: its file or `defaults.yaml` says `full_refresh: false`. "
        "Nothing was done."
    )


def _why_no_interval(configuration: Mapping[str, object] | None, zone: str, *, rolls_back: bool) -> str:
    texts = {key: asked(configuration, key) for key in (START, END)}
    if not any(texts.values()):
        return ""
    if rolls_back or wanted_full_refresh(configuration):
        other = "a roll-back" if rolls_back else f"`{FULL_REFRESH}`"
        return f"The configuration of this run asks for both an interval and {other}. Start a run with one of them."
    for key, text in texts.items():
        moments = moments_written(text, zone)
        if len(moments) > 1:
            which = " or ".join(f'"{due_text(zone, moment)}"' for moment in moments)
            return f'`{key}` in the configuration of this run is "{text}", which clocks show twice. Write {which}.'
        if not moments:
            what = f'is "{text}", which is no date or time' if text else "is missing beside the other one"
            return f'`{key}` in the configuration of this run {what}. Write it like "2026-11-21 03:00 {zone}".'
    if wanted_interval(configuration, zone) is None:
        return f"`{END}` in the configuration of this run is not later than `{START}`."
    return ""


def _only(moments: Sequence[datetime]) -> datetime | None:
    return moments[0] if len(moments) == 1 else None


def _known(written: str) -> str | None:
    bare = _bare(written)
    return _OTHER_SPELLINGS.get(bare) or next((key for key in KEYS if _bare(key) == bare), None)


def _bare(key: str) -> str:
    return re.sub(r"[\W_]", "", key.lower())
