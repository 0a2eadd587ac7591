"""Checks that a file names -> data tests of dbt: its own four, and tests of the project for the other kinds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from summary_tables.checks import Check
from summary_tables.checks.kinds.accepted_values import AcceptedValues
from summary_tables.checks.kinds.average import Average
from summary_tables.checks.kinds.freshness import Freshness
from summary_tables.checks.kinds.length import Length
from summary_tables.checks.kinds.matches import Matches
from summary_tables.checks.kinds.no_gaps import NoGaps
from summary_tables.checks.kinds.not_null import NotNull
from summary_tables.checks.kinds.null_share import NullShare
from summary_tables.checks.kinds.range import Range
from summary_tables.checks.kinds.relationships import Relationships
from summary_tables.checks.kinds.row_count import RowCount
from summary_tables.checks.kinds.row_count_equals import RowCountEquals
from summary_tables.checks.kinds.sum import Sum
from summary_tables.checks.kinds.unique import Unique
from summary_tables.commands.export_dbt.column_names import in_sql
from summary_tables.commands.export_dbt.dbt_text import all_as_it_is
from summary_tables.commands.export_dbt.interval import day_begins
from summary_tables.commands.export_dbt.origin import Origin
from summary_tables.commands.export_dbt.references import References
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import UTC_NAME
from summary_tables.text.written_number import WrittenFloat, WrittenInt, as_written

OWN_TESTS: Final = frozenset({"not_null", "unique", "accepted_values", "relationships"})
"""Those that dbt brings; all others are files of the project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTest:
    """One test of a column; empty: of the table."""

    name: str
    column: str = ""
    arguments: Mapping[str, Any]

    def is_same(self, other: "DataTest") -> bool:
        """Whether dbt would call both by one name."""
        return (self.name, self.column, self.arguments) == (other.name, other.column, other.arguments)

    def entry(self, origin: Origin, looks_at: str) -> str | dict[str, Any]:
        """As the list `data_tests` of the table `looks_at` has it."""
        arguments = {"arguments": all_as_it_is(self.arguments)} if self.arguments else {}
        config = {"config": config} if (config := origin.config(looks_at)) else {}
        rest = {**origin.description(), **arguments, **config}
        return {self.name: rest} if rest else self.name

    @property
    def is_in_zone(self) -> bool:
        """It looks at days, or at times without a zone, as the clocks of one zone show them."""
        return "time_zone" in self.arguments


def data_tests(check: Check, references: References, table: SummaryTable) -> tuple[DataTest, ...]:
    """The tests that a check of `table` becomes; none where dbt has no word for it."""
    kind = _KINDS.get(type(check))
    found = tuple(kind(check, references)) if kind else ()
    clocks = dict(_clocks(check, table))
    return tuple(replace(test, arguments={**test.arguments, **clocks}) for test in found)


def _clocks(check: Check, table: SummaryTable) -> Iterator[tuple[str, str]]:
    """By which it counts days and hours."""
    if table.timezone != UTC_NAME and _counts_by_zone(check):
        yield "time_zone", table.timezone
    if isinstance(check, Freshness) and (begins := day_begins(table)):
        yield "begins", begins


def _counts_by_zone(check: Check) -> bool:
    """Whether days, or times without a zone, may be those of the table's: the types of columns are not always known."""
    match check:
        case Range(min=least, max=most):
            return isinstance(least, str) or isinstance(most, str)
        case AcceptedValues(values=values):
            return any(sign.isdigit() for value in values for sign in value)
    return isinstance(check, Freshness | NoGaps | Relationships)


def _limits(check: Any, what: str, **more: Any) -> dict[str, Any]:
    named = {f"min_{what}": check.min, f"max_{what}": check.max, **more}
    return {name: value for name, value in named.items() if value is not None}


def _of_column(name: str, check: Any, **arguments: Any) -> Iterator[DataTest]:
    yield DataTest(name=name, column=check.column, arguments=arguments)


def _not_null(check: NotNull, _: References) -> Iterator[DataTest]:
    for column in check.columns:
        yield DataTest(name="not_null", column=column, arguments={})


def _unique(check: Unique, _: References) -> Iterator[DataTest]:
    if len(check.columns) == 1:
        yield DataTest(name="unique", column=check.columns[0], arguments={})
    else:
        yield DataTest(name="unique_together", arguments={"columns": list(check.columns)})


def _relationships(check: Relationships, references: References) -> Iterator[DataTest]:
    to = references.expression(check.to)
    return _of_column("relationships", check, to=to, field=in_sql(check.to_column))


def _in_quotes(value: object) -> object:
    """As dbt writes it between quotes of SQL, which it leaves to the project to double."""
    spelt = isinstance(value, bool | WrittenInt | WrittenFloat)
    return as_written(value) if spelt else value.replace("'", "''") if isinstance(value, str) else value


def _aggregate(name: str) -> "_Kind":
    def of_check(check: Any, _: References) -> Iterator[DataTest]:
        if check.max_decrease_percent is None and check.max_increase_percent is None:
            yield from _of_column(name, check, **_limits(check, "value"))

    return of_check


_Kind = Callable[[Any, References], Iterator[DataTest]]
_KINDS: Final[Mapping[type[Check], _Kind]] = {
    NotNull: _not_null,
    Unique: _unique,
    AcceptedValues: lambda check, _: _of_column("accepted_values", check, values=list(map(_in_quotes, check.values))),
    Relationships: _relationships,
    RowCount: lambda check, _: iter(
        [DataTest(name="row_count", arguments=_limits(check, "rows"))],
    ),
    RowCountEquals: lambda check, references: iter(
        [DataTest(name="same_row_count", arguments={"to": references.expression(check.table)})],
    ),
    Range: lambda check, _: _of_column("value_range", check, **_limits(check, "value")),
    Length: lambda check, _: _of_column("text_length", check, **_limits(check, "length")),
    NullShare: lambda check, _: _of_column("null_share", check, max_share=check.max),
    Matches: lambda check, _: _of_column("matches_pattern", check, pattern=check.pattern),
    Freshness: lambda check, _: _of_column("fresh_within", check, hours=check.within_hours),
    NoGaps: lambda check, _: _of_column("no_missing_days", check),
    Sum: _aggregate("sum_between"),
    Average: _aggregate("average_between"),
}
"""Each kind that a data test can say. `row_count_change` compares with an earlier build, of which dbt knows none."""
