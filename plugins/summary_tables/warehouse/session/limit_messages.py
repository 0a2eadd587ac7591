"""What is said of a build that went beyond a limit of its table."""

from summary_tables.model.table import Limits
from summary_tables.text.english import counted, plural


def too_long(limits: Limits, seconds: float, *, is_query: bool) -> str:
    """Why the warehouse stopped a statement after `seconds`; empty if `limits` were not the reason.

    `is_query`: a person wrote the statement. Another one is work of ours, which the limit holds for, too.
    """
    longest = limits.longest_minutes
    if longest is None or seconds < longest * 60:
        return ""
    what = "The query" if is_query else "The work around the query (indexes, statistics)"
    advice = "make the query faster" if is_query else "let the query return less"
    time = minutes_text(longest)
    return f"{what} ran longer than {time} and was stopped in the warehouse; {advice}, or {_raise(limits)}."


def never_ended(limits: Limits) -> str:
    """Of a query that went beyond `limits`, and that the warehouse did not even stop."""
    time = minutes_text(limits.longest_minutes or 0)
    return (
        f"The query ran longer than {time}, and the warehouse did not answer when it was asked to stop it. The "
        "connection was cut off; the query may still run there: see pg_stat_activity, or whether the server hangs."
    )


def silent(address: str, seconds: float) -> str:
    """Of a warehouse at `address` that let us in and then said nothing."""
    return (
        f"The warehouse at {address} let us in and then answered nothing for {seconds:g} seconds, not even who we "
        "are. See whether its server hangs or is overloaded; nothing was changed."
    )


def too_many_rows(rows: int, max_rows: int, *, is_query: bool = True) -> str:
    """Why a build with `rows` rows was thrown away."""
    if not is_query:
        return (
            f"There are {counted(rows, 'row')}; at most {max_rows:,} are allowed (`max_rows`). Nothing of them was "
            "kept. If so many are right, raise `max_rows`."
        )
    return (
        f"The query returned {counted(rows, 'row')}; at most {max_rows:,} are allowed (`max_rows`). "
        "Nothing of them was kept. Look for a JOIN that multiplies rows; if so many are right, raise `max_rows`."
    )


def _raise(limits: Limits) -> str:
    longest, timeout = limits.longest_minutes, limits.timeout_minutes
    if longest == timeout:
        return "raise `timeout_minutes`"
    most = f" (at most {timeout:g}, the `timeout_minutes` of the table)" if timeout is not None else ""
    return f"raise `statement_timeout_minutes`{most}"


def minutes_text(minutes: float) -> str:
    """`1 minute`, `2.5 minutes`."""
    return f"{minutes:g} {plural(minutes, 'minute')}"
