"""Which tables of the list somebody looks at, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from summary_tables.catalog.entry import State

FacetName = Literal["owner", "schema", "tag", "state"]
SortKey = Literal["state", "name", "last_build", "rows", "owner"]

FACET_NAMES: Final[tuple[FacetName, ...]] = get_args(FacetName)
SORT_KEYS: Final[tuple[SortKey, ...]] = get_args(SortKey)

_LARGEST_FIRST: Final[frozenset[SortKey]] = frozenset({"last_build", "rows"})
"""Of moments and numbers people first want to see the latest and the largest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """By what, and whether from its end. What is not known comes last either way."""

    key: SortKey
    descending: bool = False


def usual_sort(key: SortKey) -> Sort:
    """By `key`, from the end that people want to see first."""
    return Sort(key=key, descending=key in _LARGEST_FIRST)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is typed into the search, the values chosen of each facet (any of them will do; none: all), the order, and
    the page, from 1.

    `sort` is None where nobody chose: the best match first while something is searched for, else what needs somebody.
    """

    search: str = ""
    owner: tuple[str, ...] = ()
    schema: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    state: tuple[State, ...] = ()
    sort: Sort | None = None
    page: int = 1

    @property
    def chosen(self) -> Mapping[FacetName, tuple[str, ...]]:
        """By facet."""
        return {"owner": self.owner, "schema": self.schema, "tag": self.tag, "state": self.state}

    @property
    def is_filtered(self) -> bool:
        """It may leave tables out."""
        return bool(self.search.split()) or any(self.chosen.values())

    def toggled(self, facet: FacetName, value: str) -> "View":
        """The first page with `value` chosen, or no longer chosen, of a facet."""
        before = self.chosen[facet]
        values = tuple(each for each in before if each != value) if value in before else (*before, value)
        # mypy cannot tell which field it is; a value of `state` comes from a facet that was counted.
        return replace(self, **{facet: values, "page": 1})  # type: ignore[arg-type]

    def sorted_by(self, key: SortKey) -> "View":
        """The first page by `key`; from the other end where it is sorted so already."""
        now = self.sort if self.sort and self.sort.key == key else None
        return replace(self, sort=Sort(key=key, descending=not now.descending) if now else usual_sort(key), page=1)

    def turned_to(self, page: int) -> "View":
        """Another page of the same tables."""
        return replace(self, page=page)
