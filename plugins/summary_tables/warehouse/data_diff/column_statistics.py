"""What is told of single columns: NULLs, the least and the greatest value, how many there are, the most frequent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from summary_tables.model.data_diff import ColumnDiff, ColumnProfile, ColumnStatistics
from summary_tables.sql.statements.comparing import SIDES, ComparedColumn, Comparison, Side
from summary_tables.warehouse.data_diff.relation import Relation
from summary_tables.warehouse.session.session import Session

_MOST_COLUMNS = 20
"""Each costs a scan of its own."""
_FREQUENT = 8
_FREQUENT_PART = 10
"""Where no value stands in this part of the rows, none is frequent."""
_VALUES = 4
"""So many values has each column in the answer to `statistics`."""
_WITHOUT_FREQUENT = frozenset({"whole", "number", "float", "time"})


def _statistics_of(
    session: Session, comparison: Comparison, side: Side, columns: Sequence[int]
) -> Mapping[int, ColumnStatistics]:
    """Of each of `columns`, by place. Raises `WarehouseError`."""
    comparing = session.sql.comparing
    assert comparing is not None
    if not columns:
        return {}
    ((rows, *row),) = session.rows(comparing.statistics(comparison, side, columns))
    found = {}
    for number, place in enumerate(columns):
        nulls, minimum, maximum, average = row[number * _VALUES : (number + 1) * _VALUES]
        column = comparison.columns[place]
        asks_for_values = not column.hidden and column.compared_as.kind not in _WITHOUT_FREQUENT
        (_, distinct), *top = session.rows(
            comparing.frequent_values(comparison, side, place, _FREQUENT if asks_for_values else 0)
        )
        is_telling = bool(top) and top[0][1] > 1 and top[0][1] * _FREQUENT_PART >= rows
        found[place] = ColumnStatistics(
            nulls=nulls,
            distinct=distinct,
            minimum=minimum,
            maximum=maximum,
            average=average,
            top=tuple((value, number) for value, number in top) if is_telling else (),
        )
    return found


def with_statistics(
    session: Session, comparison: Comparison, columns: tuple[ColumnDiff, ...], places: Sequence[int]
) -> tuple[ColumnDiff, ...]:
    """`columns`, the first of `places` with what is told of each side. Raises `WarehouseError`."""
    asked = places[:_MOST_COLUMNS]
    before, after = (_statistics_of(session, comparison, side, asked) for side in SIDES)
    return tuple(
        replace(column, before=before.get(place), after=after.get(place)) for place, column in enumerate(columns)
    )


def profiles(
    session: Session, relation: Relation, names: Sequence[str], *, shows_values: bool
) -> tuple[ColumnProfile, ...]:
    """Of the first `_MOST_COLUMNS` of the columns `names`. Raises `WarehouseError`."""
    wanted = [column for column in relation.columns if column.name in names][:_MOST_COLUMNS]
    hidden = {column.name: not shows_values or column.name in relation.private for column in wanted}
    compared = tuple(
        ComparedColumn(
            before=column.name,
            after=column.name,
            compared_as=session.dialect.types.compared_as(column.type, column.type),
            hidden=hidden[column.name],
        )
        for column in wanted
    )
    comparison = Comparison(before=relation.sql, after=relation.sql, key=(), columns=compared)
    found = _statistics_of(session, comparison, "after", range(len(wanted)))
    return tuple(
        ColumnProfile(name=column.name, type=column.type, hidden=hidden[column.name], statistics=found[place])
        for place, column in enumerate(wanted)
    )
