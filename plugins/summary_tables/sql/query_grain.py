"""What of its run's data interval a query can tell: found out by filling its templates in for neighbouring runs. Pure.

A query that cuts at `'{{ data_interval_start | ds }}'` gives whole days, also where its run goes from 03:00 to 03:00.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from summary_tables.sql.dialects.postgres.dialect import DIALECT
from summary_tables.sql.templates.dates import template_dates
from summary_tables.sql.templates.error import TemplateError
from summary_tables.sql.templates.template import filled_in
from summary_tables.text.moments import UTC_NAME, day_start, local

Grain = Literal["moment", "day", "nothing"]
"""`day`: the days on which the interval begins and ends, not the times. `nothing`: no date of the run at all."""

Span = tuple[datetime, datetime]
"""From the first moment to before the second."""

_DAY = timedelta(days=1)
_NEVER = datetime(2, 1, 1, tzinfo=UTC)
"""Up to here a moment stands for the beginning of all time, which no zone can tell."""

_START = datetime(2026, 3, 10, 5, 17, 23, tzinfo=UTC)
_ON_THE_SAME_DAYS = _START + timedelta(hours=11, minutes=31, seconds=19)
_ON_OTHER_DAYS = _START + timedelta(days=403)


@lru_cache(maxsize=8)
def query_grain(main_sql: str) -> Grain:
    """Of a query that is not known, or cannot be filled in, each moment counts."""
    if not main_sql.strip():
        return "moment"
    try:
        text = filled_for(main_sql, (_START, _START + _DAY))
        if text != filled_for(main_sql, (_ON_THE_SAME_DAYS, _ON_THE_SAME_DAYS + _DAY)):
            return "moment"
        return "nothing" if text == filled_for(main_sql, (_ON_OTHER_DAYS, _ON_OTHER_DAYS + _DAY)) else "day"
    except TemplateError:
        return "moment"


def filled_for(main_sql: str, span: Span, logical_date: datetime | None = None, zone: str = UTC_NAME) -> str:
    """The query of the run that covers `span`, with its dates in `zone`. Raises `TemplateError`."""
    start, end = (local(zone, moment) for moment in span)
    dates = template_dates(logical_date=local(zone, logical_date or start), start=start, end=end, due=end)
    # Of the dialect only the judgement depends, which has been made before.
    return filled_in(main_sql, dates, DIALECT)


def in_grain(span: Span, grain: Grain, zone: str = UTC_NAME) -> Span | None:
    """What of `span` a query of this grain gives, whose dates are in `zone`; None: no part of it that could be told."""
    start, end = (midnight(moment, zone) for moment in span) if grain == "day" else span
    return None if grain == "nothing" or start >= end else (start, end)


def midnight(moment: datetime, zone: str = UTC_NAME) -> datetime:
    """At which the day of `moment` in `zone` began."""
    return day_start(zone, local(zone, moment).date()) if moment > _NEVER else moment
