"""Expected and returned rows -> how they differ. Rows have no order, and may be there several times."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from summary_tables.commands.query_tests.result import Difference, ResultRow, RowDifference

NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})
"""The types, as PostgreSQL calls them, whose values are compared as numbers: 1 is 1.00."""

_MOST_COMPARED = 300
"""Of either kind of row: beyond that, rows are no longer brought together by what they have in common."""


def difference(
    columns: Sequence[str], types: Mapping[str, str], expected: Sequence[ResultRow], got: Sequence[ResultRow]
) -> Difference | None:
    """None where both are the same rows. Each row has the values of `columns`, of the `types` of these."""
    is_number = [types[column] in NUMBERS for column in columns]
    missing, unexpected, same = _without_pairs(expected, got, is_number)
    if not missing and not unexpected:
        return None
    return Difference(columns=tuple(columns), same=same, rows=tuple(_rows(missing, unexpected, is_number)))


_Key = tuple[object, ...]


def _key(row: ResultRow, is_number: Sequence[bool]) -> _Key:
    return tuple(_number(value) if number else value for value, number in zip(row, is_number, strict=True))


def _number(value: str | None) -> object:
    if value is None:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    # NaN is not equal to itself.
    return number if number.is_finite() else value


def _without_pairs(
    expected: Sequence[ResultRow], got: Sequence[ResultRow], is_number: Sequence[bool]
) -> tuple[list[ResultRow], list[ResultRow], int]:
    """The rows on either side that have no equal on the other, and how many have."""
    open_rows = Counter(_key(row, is_number) for row in got)
    missing: list[ResultRow] = []
    for row in expected:
        key = _key(row, is_number)
        if open_rows[key]:
            open_rows[key] -= 1
        else:
            missing.append(row)
    by_key: dict[_Key, list[ResultRow]] = defaultdict(list)
    for row in got:
        by_key[_key(row, is_number)].append(row)
    unexpected = [row for key, rows in by_key.items() for row in rows[: open_rows[key]]]
    # The server gives them in any order.
    unexpected.sort(key=lambda row: [(value is None, value or "") for value in row])
    return missing, unexpected, len(expected) - len(missing)


def _rows(
    missing: Sequence[ResultRow], unexpected: Sequence[ResultRow], is_number: Sequence[bool]
) -> Iterator[RowDifference]:
    """Rows that begin alike, or have at least half of their values in common, count as one that differs."""
    pairs = _pairs(missing, unexpected, is_number)
    for place, row in enumerate(missing):
        if place in pairs:
            other = unexpected[pairs[place]]
            yield RowDifference(kind="differs", expected=row, got=other, differing=_differing(row, other, is_number))
        else:
            yield RowDifference(kind="missing", expected=row)
    taken = set(pairs.values())
    yield from (RowDifference(kind="unexpected", got=row) for place, row in enumerate(unexpected) if place not in taken)


def _pairs(missing: Sequence[ResultRow], unexpected: Sequence[ResultRow], is_number: Sequence[bool]) -> dict[int, int]:
    """The place of each missing row that is brought together with an unexpected one -> the place of that.

    The first column tells most often what a row is about, so rows in which it is the same come first.
    """
    found = []
    for place, row in enumerate(missing[:_MOST_COMPARED]):
        for other_place, other in enumerate(unexpected[:_MOST_COMPARED]):
            differing = _differing(row, other, is_number)
            found.append((0 in differing, len(differing), place, other_place))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for begins_otherwise, differing_count, place, other_place in sorted(found):
        is_near = not begins_otherwise or differing_count * 2 <= len(is_number)
        if is_near and place not in pairs and other_place not in taken:
            pairs[place] = other_place
            taken.add(other_place)
    return pairs


def _differing(row: ResultRow, other: ResultRow, is_number: Sequence[bool]) -> tuple[int, ...]:
    keys = zip(_key(row, is_number), _key(other, is_number), strict=True)
    return tuple(place for place, (value, other_value) in enumerate(keys) if value != other_value)
