"""What the list can be filtered by, and how many tables each choice would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summary_tables.catalog.entry import STATES, Entry
from summary_tables.catalog.listing.view import FACET_NAMES, FacetName, View


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """`count` tables have this value, of those that fit the search and the choices in all other facets."""

    value: str
    count: int
    is_chosen: bool = False


Facets = Mapping[FacetName, tuple[FacetValue, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """The entries that fit all choices, and the facets."""

    entries: tuple[Entry, ...]
    facets: Facets


def facet_values(entry: Entry) -> Mapping[FacetName, tuple[str, ...]]:
    """What `entry` has of each facet."""
    declared = entry.declared
    return {
        "owner": (declared.owner,) if declared else (),
        "schema": (entry.schema,) if entry.schema else (),
        "tag": declared.tags if declared else (),
        "state": (entry.state.state,),
    }


def filtered(entries: Iterable[Entry], view: View) -> Filtered:
    """`entries` as far as they fit what is chosen in `view`; its search is not looked at."""
    chosen = {facet: frozenset(values) for facet, values in view.chosen.items() if values}
    counts: dict[FacetName, Counter[str]] = {facet: Counter() for facet in FACET_NAMES}
    fitting: list[Entry] = []
    for entry in entries:
        values = facet_values(entry)
        misfits = [facet for facet, wanted in chosen.items() if wanted.isdisjoint(values[facet])]
        if not misfits:
            fitting.append(entry)
        # Another choice in the one facet that it does not fit would bring it back.
        for facet in FACET_NAMES if not misfits else misfits if len(misfits) == 1 else ():
            counts[facet].update(set(values[facet]))
    facets = {facet: _ordered(facet, counts[facet], view.chosen[facet]) for facet in FACET_NAMES}
    return Filtered(entries=tuple(fitting), facets=facets)


def _ordered(facet: FacetName, counts: Counter[str], chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    """States as they always come, others the most frequent first. What is chosen stays, so that it can be undone."""
    values = dict.fromkeys((*counts, *chosen))
    names = STATES if facet == "state" else sorted(values, key=lambda value: (-counts[value], value))
    return tuple(
        FacetValue(value=name, count=counts[name], is_chosen=name in chosen) for name in names if name in values
    )
