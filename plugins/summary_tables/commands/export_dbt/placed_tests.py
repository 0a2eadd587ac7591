"""The data tests of all files, by the tables that they look at: dbt refuses the same test of a column twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from summary_tables.commands.export_dbt.checks import PlacedTest
from summary_tables.commands.export_dbt.remark import Remark

TestsByTable = Mapping[str, Sequence[PlacedTest]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTests:
    """Those of one table, each once."""

    of: str
    placed: Sequence[PlacedTest] = ()

    @property
    def of_table(self) -> list[Any]:
        """The list `data_tests` of the table itself."""
        return self.of_column("")

    def of_column(self, column: str) -> list[Any]:
        """The list `data_tests` of a column."""
        return [each.test.entry(each.origin, self.of) for each in self.placed if each.test.column == column]

    @property
    def columns(self) -> Iterable[str]:
        """Those that a test names."""
        return dict.fromkeys(each.test.column for each in self.placed if each.test.column)


def by_table(placed: Iterable[PlacedTest]) -> TestsByTable:
    """By the full names of the tables. However many files have the same, there is one, which says whose it is."""
    found: dict[str, list[PlacedTest]] = {}
    for each in placed:
        tests = found.setdefault(each.of, [])
        same = next((index for index, other in enumerate(tests) if other.test.is_same(each.test)), None)
        if same is None:
            tests.append(each)
        else:
            tests[same] = replace(tests[same], origin=tests[same].origin.joined(each.origin))
    return found


def only_a_warning(placed: Iterable[PlacedTest], tests: TestsByTable) -> Iterator[Remark]:
    """Where another file makes an error of what is a warning here: dbt has one test for both."""
    for each in placed:
        if each.origin.severity == "warn" and any(
            other.test.is_same(each.test) and other.origin.severity == "error" for other in tests[each.of]
        ):
            message = (
                f"the same check of {each.of} is an error in another file, and dbt has one test for both: an error"
            )
            yield Remark(path=each.path, message=message, level="warning")
