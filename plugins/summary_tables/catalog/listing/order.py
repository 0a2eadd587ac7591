"""In which order the tables of the list come."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from summary_tables.catalog.entry import STATES, Entry
from summary_tables.catalog.listing.search import Rank
from summary_tables.catalog.listing.view import Sort

_URGENCY = {state: position for position, state in enumerate(STATES)}


def ordered(entries: Iterable[Entry], sort: Sort | None, ranks: Mapping[str, Rank]) -> list[Entry]:
    """By `sort`; None: the best rank first, which `ranks` has by full name. Equal ones by urgency, then by name."""
    usual = sorted(entries, key=lambda entry: (_URGENCY[entry.state.state], entry.full_name))
    if sort is None:
        return sorted(usual, key=lambda entry: ranks.get(entry.full_name, ()))
    if sort.key == "state":
        return sorted(usual, key=lambda entry: _URGENCY[entry.state.state], reverse=sort.descending)
    known = [(value, entry) for entry in usual if (value := _value(entry, sort)) is not None]
    unknown = [entry for entry in usual if _value(entry, sort) is None]
    known.sort(key=lambda pair: pair[0], reverse=sort.descending)
    return [*(entry for _, entry in known), *unknown]


def _value(entry: Entry, sort: Sort) -> str | int | datetime | None:
    """None: not known."""
    match sort.key:
        case "last_build":
            return entry.newest.published_at if entry.newest else None
        case "rows":
            return entry.live.rows if entry.live else None
        case "owner":
            return entry.declared.owner if entry.declared else None
    return entry.full_name
