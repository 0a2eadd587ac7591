"""Two tables compared in Python, in the plainest way: what the warehouse must find, too."""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Value = object
Row = tuple[Value, ...]

NUMBERS = ("integer", "bigint", "numeric", "double precision", "real")
FLOATS = ("double precision", "real")


@dataclass(frozen=True)
class Modelled:
    """Counts by key. `columns`: of each column that is not in the key how many changed, and how many by noise."""

    added: int
    removed: int
    changed: int
    repeated_before: int
    repeated_after: int
    columns: tuple[tuple[int, int], ...]


def same_form(value: Value, own: str, other: str) -> Hashable:
    """A value of the type `own` as it is compared with one of the type `other`: equal for equal values."""
    if value is None:
        return None
    if own in NUMBERS and other in NUMBERS:
        return _number(value, own, other)
    return as_text(value) if own != other else value if isinstance(value, Hashable) else as_text(value)


def _number(value: Value, own: str, other: str) -> Hashable:
    if str(value).lower() == "nan":
        return "NaN"
    if own not in FLOATS:
        return Decimal(str(value))
    # Beside another number, floating point has its fifteen digits.
    return value if other in FLOATS else Decimal(f"{value:.15g}")


def as_text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def differs(old: Value, new: Value, before: str, after: str) -> str:
    """`same`, `noise` or `changed`."""
    old, new = same_form(old, before, after), same_form(new, after, before)
    if old == new:
        return "same"
    is_float = before in NUMBERS and after in NUMBERS and {before, after} & {*FLOATS}
    if not is_float or not all(isinstance(each, float | Decimal) for each in (old, new)):
        return "changed"
    first, second = float(str(old)), float(str(new))
    part = 1e-6 if "real" in (before, after) else 1e-9
    if not (first and second and math.isfinite(first) and math.isfinite(second)):
        return "changed"
    return "noise" if abs(first - second) <= part * abs(first) else "changed"


def by_key(
    before: Sequence[Row], after: Sequence[Row], types: Sequence[tuple[str, str]], key: Sequence[int]
) -> Modelled:
    """Rows with a key that stands once on each side are pairs; where one side has more, rows are compared as wholes."""
    old, new = _groups(before, types, key, 0), _groups(after, types, key, 1)
    rest = [place for place in range(len(types)) if place not in key]
    added = removed = changed = repeated_before = repeated_after = 0
    columns = {place: [0, 0] for place in rest}
    for group in {*old, *new}:
        ours, theirs = old.get(group, []), new.get(group, [])
        if ours and theirs and len(ours) + len(theirs) > 2:
            repeated_before += len(ours)
            repeated_after += len(theirs)
            left, right = (Counter(_forms(row, types, side) for row in rows) for side, rows in ((0, ours), (1, theirs)))
            added += (right - left).total()
            removed += (left - right).total()
        elif not ours or not theirs:
            added += len(theirs)
            removed += len(ours)
        else:
            found = {place: differs(ours[0][place], theirs[0][place], *types[place]) for place in rest}
            changed += "changed" in found.values()
            for place, how in found.items():
                columns[place][0] += how == "changed"
                columns[place][1] += how == "noise"
    return Modelled(
        added=added,
        removed=removed,
        changed=changed,
        repeated_before=repeated_before,
        repeated_after=repeated_after,
        columns=tuple((changes, noise) for changes, noise in columns.values()),
    )


def whole_rows(before: Sequence[Row], after: Sequence[Row], types: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Rows that came and rows that went."""
    old, new = (Counter(_forms(row, types, side) for row in rows) for side, rows in ((0, before), (1, after)))
    return (new - old).total(), (old - new).total()


def is_key(rows: Sequence[Row], types: Sequence[tuple[str, str]], places: Sequence[int], side: int) -> bool:
    keys = [tuple(_forms(row, types, side)[place] for place in places) for row in rows]
    return len({*keys}) == len(keys) and not any(None in each for each in keys)


def _forms(row: Row, types: Sequence[tuple[str, str]], side: int) -> tuple[Hashable, ...]:
    return tuple(same_form(value, pair[side], pair[1 - side]) for value, pair in zip(row, types, strict=True))


def _groups(
    rows: Sequence[Row], types: Sequence[tuple[str, str]], key: Sequence[int], side: int
) -> dict[tuple[Hashable, ...], list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[tuple(_forms(row, types, side)[place] for place in key)].append(row)
    return found
