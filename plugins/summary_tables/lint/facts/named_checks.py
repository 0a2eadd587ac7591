"""The checks of a file that name a kind, with the places of what they name."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.checks import Check
from summary_tables.checks.kinds.freshness import Freshness
from summary_tables.configs.check_places import check_paths
from summary_tables.configs.schedule.places import parent_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.facts.check_queries import CheckRole
from summary_tables.model.parents import SourceParent
from summary_tables.model.problem import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCheck:
    """A check of the table's `role`, which the file has at `item`.

    `of_column` is the column below which it stands there; empty: it stands in `role` itself.
    """

    file: TableFile
    check: Check
    role: CheckRole
    item: YamlPath
    of_column: str = ""

    @property
    def path(self) -> YamlPath:
        """Where the kind stands in the file."""
        return (*self.item, self.check.KEY)

    def place_of(self, *keys: str) -> Place:
        """Where the value of an option of the kind stands."""
        return self.file.document.span_of_value((*self.path, *keys))

    def paths_of_columns(self) -> tuple[tuple[YamlPath, str], ...]:
        """The columns of the table that it looks at, each with its place: a kind has one, a list, or a key `column`.

        The place of a column below which the check stands is that of the kind: the check does not name it.
        """
        if self.of_column:
            return ((self.path, self.of_column),)
        value = self.file.data[self.role][self.item[-1]][self.check.KEY]
        if isinstance(value, list):
            return tuple(((*self.path, place), column) for place, column in enumerate(value))
        path = (*self.path, "column") if isinstance(value, dict) else self.path
        return tuple((path, column) for column in self.check.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedTable(PlacedCheck):
    """A table of others that the file waits for, asked as a check of its age would ask. It stands at `item`."""

    @property
    def path(self) -> YamlPath:
        return self.item

    def paths_of_columns(self) -> tuple[tuple[YamlPath, str], ...]:
        return tuple(((*self.item, "column"), column) for column in self.check.columns)


def awaited_tables(file: TableFile) -> Iterator[AwaitedTable]:
    """Those that the file itself names in `after`."""
    if "schedule" not in file.data:
        return
    for parent, path in parent_paths(file.config.table.schedule):
        if isinstance(parent, SourceParent):
            check = Freshness(looks_at=parent.table, column=parent.column, within_hours=parent.within_hours)
            yield AwaitedTable(file=file, check=check, role="input_check", item=path)


def asked_tables(file: TableFile, role: CheckRole) -> Iterator[PlacedCheck]:
    """The named checks of `role`; before the build there are also the tables that the file waits for."""
    if role == "input_check":
        yield from awaited_tables(file)
    yield from named_checks(file, role)


def named_checks(file: TableFile, *roles: CheckRole) -> Iterator[PlacedCheck]:
    """Those in `roles`, in the order of the file; without `roles`, all."""
    for role in roles or ("input_check", "output_check"):
        checks = file.config.table.input_check if role == "input_check" else file.config.table.output_check
        for item, check in zip(check_paths(file.data, role), checks, strict=True):
            if not check.IS_QUERY:
                of_column = check.columns[0] if item[0] == "columns" else ""
                yield PlacedCheck(file=file, check=check, role=role, item=item, of_column=of_column)
