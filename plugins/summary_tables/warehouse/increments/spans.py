"""Sets of time as spans: what they cover together, and what is left of one without others. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from summary_tables.model.build import Build, BuildRun
from summary_tables.sql.query_grain import Span

ALWAYS = datetime.min.replace(tzinfo=UTC)
"""Before any moment."""


def interval_of(build: Build | BuildRun) -> Span | None:
    """The data interval; None: it covers no time."""
    start, end = build.interval_start, build.interval_end
    return (start, end) if start and end and start < end else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as can be, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def without(spans: Iterable[Span], held: Sequence[Span]) -> Iterator[Span]:
    """What `held`, which is merged, leaves of each span."""
    for start, end in spans:
        at = start
        for held_start, held_end in held:
            if held_end <= at or held_start >= end:
                continue
            if held_start > at:
                yield at, held_start
            at = held_end
        if at < end:
            yield at, end


def overlap(one: Span, other: Span) -> bool:
    """Is there a moment in both?"""
    return one[0] < other[1] and other[0] < one[1]


def contains(one: Span, other: Span) -> bool:
    """Is each moment of `other` in `one`?"""
    return one[0] <= other[0] and other[1] <= one[1]
