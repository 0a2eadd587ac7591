"""Which function or operator PostgreSQL takes for arguments of these types, by its own rules.

https://www.postgresql.org/docs/16/typeconv-func.html and typeconv-oper.html: the steps below have their numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summary_tables.sql.dialects.postgres import catalog
from summary_tables.sql.dialects.postgres.catalog import UNKNOWN, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """`taken` is the one that is meant; None where there is none or several could be meant."""

    outcome: Literal["one", "none", "several"]
    taken: Signature | None = None


def call(signatures: Iterable[Signature], given: Sequence[str]) -> Resolved:
    """Of functions or operators of one name. `given` are the types of the arguments, `unknown` for a text in quotes."""
    fitting = [found for signature in signatures if (found := of_length(signature, len(given))) is not None]
    exact = [found for found in fitting if found.takes == tuple(given)]
    if exact:
        return Resolved(outcome="one", taken=exact[0])
    fitting = [found for found in fitting if all(map(_fits, given, found.takes))]
    if not fitting:
        return Resolved(outcome="none")
    for choose in (_most_exact, _most_preferred, _by_category, _as_the_known_one):
        if len(fitting) == 1:
            break
        fitting = choose(fitting, given)
    return Resolved(outcome="one", taken=fitting[0]) if len(fitting) == 1 else Resolved(outcome="several")


def operator(signatures: Iterable[Signature], given: Sequence[str]) -> Resolved:
    """As `call`; a side without a type is first taken for the type of the other one (2.a)."""
    found = list(signatures)
    known = [each for each in given if each != UNKNOWN]
    if len(known) == 1:
        same = [signature for signature in found if signature.takes == (known[0], known[0])]
        if same:
            return Resolved(outcome="one", taken=same[0])
    return call(found, given)


def of_length(signature: Signature, count: int) -> Signature | None:
    """The signature as it is for so many arguments; None where it does not take so many."""
    least, most = len(signature.takes) - signature.defaults, len(signature.takes)
    if signature.variadic and count >= most:
        repeated = (signature.variadic,) * (count - most + 1)
        return replace(signature, takes=(*signature.takes[:-1], *repeated))
    return replace(signature, takes=signature.takes[:count]) if least <= count <= most else None


def _fits(given: str, wanted: str) -> bool:
    return given == UNKNOWN or catalog.becomes(given, wanted)


def _best(fitting: list[Signature], counts: Sequence[int]) -> list[Signature]:
    return [found for found, count in zip(fitting, counts, strict=True) if count == max(counts)]


def _most_exact(fitting: list[Signature], given: Sequence[str]) -> list[Signature]:
    """4.c."""
    return _best(fitting, [sum(map(str.__eq__, given, found.takes)) for found in fitting])


def _most_preferred(fitting: list[Signature], given: Sequence[str]) -> list[Signature]:
    """4.d: exact, or a preferred type where a conversion is needed."""

    def count(found: Signature) -> int:
        pairs = zip(given, found.takes, strict=True)
        return sum(1 for one, wanted in pairs if one != UNKNOWN and (one == wanted or _is_preferred(one, wanted)))

    return _best(fitting, [count(found) for found in fitting])


def _is_preferred(given: str, wanted: str) -> bool:
    return catalog.category(given) == catalog.category(wanted) and catalog.is_preferred(wanted)


def _by_category(fitting: list[Signature], given: Sequence[str]) -> list[Signature]:
    """4.e: a text in quotes is a text if some function takes one there, else of the one category that all take."""
    left = fitting
    for place in (place for place, one in enumerate(given) if one == UNKNOWN):
        categories = {catalog.category(found.takes[place]) for found in fitting}
        chosen = "S" if "S" in categories else next(iter(categories)) if len(categories) == 1 else ""
        if not chosen:
            return fitting
        kept = [found for found in left if catalog.category(found.takes[place]) == chosen]
        preferred = [found for found in kept if catalog.is_preferred(found.takes[place])]
        left = preferred or kept
    return left or fitting


def _as_the_known_one(fitting: list[Signature], given: Sequence[str]) -> list[Signature]:
    """4.f: where all types that are known are one type, the others are taken for it."""
    known = {one for one in given if one != UNKNOWN}
    if len(known) != 1 or UNKNOWN not in given:
        return fitting
    (kind,) = known
    kept = [found for found in fitting if all(_fits(kind, wanted) for wanted in found.takes)]
    return kept if len(kept) == 1 else fitting
