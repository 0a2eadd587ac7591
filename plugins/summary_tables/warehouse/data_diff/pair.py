"""Two relations beside each other: the columns that both have, and the comparison of them that is asked for."""

from collections.abc import Mapping, Sequence

from summary_tables.model.data_diff import ColumnDiff, DataDiff
from summary_tables.sql.statements.comparing import SIDES, ComparedColumn, ComparingStatements, Comparison, Side
from summary_tables.warehouse.data_diff.column_statistics import profiles
from summary_tables.warehouse.data_diff.relation import Relation
from summary_tables.warehouse.session.session import Row, Session

_MOST_GUESSES = 9

Counts = Mapping[Side, int]
"""How many rows each side has."""


class Pair:
    """The two relations, and the columns that both have, in the order of the later one."""

    def __init__(
        self,
        session: Session,
        comparing: ComparingStatements,
        before: Relation,
        after: Relation,
        *,
        shows_values: bool,
    ) -> None:
        self.session = session
        self.comparing = comparing
        self.before = before
        self.after = after
        self._shows_values = shows_values
        self._types_before = {column.name: column.type for column in before.columns}
        self._types_after = {column.name: column.type for column in after.columns}
        self._private = before.private | after.private
        self.common = tuple(name for name in self._types_after if name in self._types_before)

    @property
    def all_rows(self) -> Comparison:
        return Comparison(before=self.before.sql, after=self.after.sql, key=(), columns=self.compared(self.common))

    def count(self) -> Counts:
        """The rows of both sides."""
        return self._counted(self.all_rows, 0)

    def looked_at(self, comparison: Comparison, rows: Counts) -> Counts:
        """How many of `rows`, those of both sides, fall into the sample."""
        return self._counted(comparison, 1) if comparison.every > 1 else rows

    def compared(self, names: Sequence[str]) -> tuple[ComparedColumn, ...]:
        return tuple(self._compared(name, name) for name in names)

    def comparison(self, key: tuple[ComparedColumn, ...], every: int) -> Comparison:
        """The key's columns are none of the others. With a key, new columns are compared with those that are gone."""
        names = [name for name in self.common if name not in {column.before for column in key}]
        guesses = self._guesses() if key else ()
        return Comparison(
            before=self.before.sql,
            after=self.after.sql,
            key=key,
            columns=(*self.compared(names), *guesses),
            every=every,
        )

    def columns_only(self, rows: Counts) -> DataDiff:
        """What can be said without looking at the rows."""
        new = [name for name in self._types_after if name not in self._types_before]
        order = [name for name in self._types_before if name in self._types_after]
        # One that is new may be one that is gone, under another name.
        is_private = any(name in self._private for name in self._types_before if name not in self._types_after)
        return DataDiff(
            rows_before=rows["before"],
            rows_after=rows["after"],
            compared_before=rows["before"],
            compared_after=rows["after"],
            new_columns=profiles(self.session, self.after, new, shows_values=self._shows_values and not is_private),
            gone_columns=tuple(column for column in self.before.columns if column.name not in self._types_after),
            is_reordered=order != list(self.common),
        )

    def column(self, column: ComparedColumn, row: Row = (0, 0, None, 0)) -> ColumnDiff:
        """`row`: what `matched` says of it."""
        changed, slight, largest, _ = row
        has_noise = bool(column.compared_as.tolerance)
        return ColumnDiff(
            name=column.after,
            type_before=self._types_before[column.before],
            type_after=self._types_after[column.after],
            changed=changed,
            noise=slight if has_noise else 0,
            reordered=0 if has_noise else slight,
            largest=largest,
            is_time=column.compared_as.kind == "time",
            hidden=column.hidden,
        )

    def _counted(self, comparison: Comparison, place: int) -> Counts:
        return {side: self.session.rows(self.comparing.count_rows(comparison, side))[0][place] for side in SIDES}

    def _compared(self, before: str, after: str, *, guess: bool = False) -> ComparedColumn:
        how = self.session.dialect.types.compared_as(self._types_before[before], self._types_after[after])
        hidden = not self._shows_values or before in self._private or after in self._private
        return ComparedColumn(before=before, after=after, compared_as=how, hidden=hidden, guess=guess)

    def _guesses(self) -> tuple[ComparedColumn, ...]:
        """Columns that may be the same under another name."""
        pairs = [
            self._compared(old, new, guess=True)
            for old, type_before in self._types_before.items()
            for new, type_after in self._types_after.items()
            if old not in self._types_after and new not in self._types_before and type_before == type_after
        ]
        return tuple(pairs[:_MOST_GUESSES])
