"""The checks of a file that name a kind, with the places of what they name."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.checks import Check
from summary_tables.file_facts.check_queries import CheckRole
from summary_tables.problem import Place
from summary_tables.table_file import TableFile
from summary_tables.yaml_files.yaml_document import YamlPath


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCheck:
    """A check, item `index` (from 0) of `role`."""

    file: TableFile
    check: Check
    role: CheckRole
    index: int

    @property
    def path(self) -> YamlPath:
        """Where the kind stands in the file."""
        return (self.role, self.index, self.check.KEY)

    def place_of(self, *keys: str) -> Place:
        """Where the value of an option of the kind stands."""
        return self.file.document.span_of_value((*self.path, *keys))

    def paths_of_columns(self) -> tuple[tuple[YamlPath, str], ...]:
        """The columns of the table that it looks at, each with its place: a kind has one, a list, or a key `column`."""
        value = self.file.data[self.role][self.index][self.check.KEY]
        if isinstance(value, list):
            return tuple(((*self.path, place), column) for place, column in enumerate(value))
        path = (*self.path, "column") if isinstance(value, dict) else self.path
        return tuple((path, column) for column in self.check.columns)


def named_checks(file: TableFile, *roles: CheckRole) -> Iterator[PlacedCheck]:
    """Those in `roles`, in the order of the file; without `roles`, all."""
    for role in roles or ("input_check", "output_check"):
        checks = file.config.table.input_check if role == "input_check" else file.config.table.output_check
        for index, check in enumerate(checks[: len(file.data.get(role, ()))]):
            if not check.IS_QUERY:
                yield PlacedCheck(file=file, check=check, role=role, index=index)
