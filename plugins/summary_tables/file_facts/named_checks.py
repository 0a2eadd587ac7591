"""The checks of a file that name a kind, with their places."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.checks import Check
from summary_tables.file_facts.check_queries import CheckRole
from summary_tables.problem import Place
from summary_tables.table_file import TableFile


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCheck:
    """A check, item `index` (from 0) of `role`."""

    file: TableFile
    check: Check
    role: CheckRole
    index: int

    def place_of(self, *keys: str) -> Place:
        """Where the value of an option of the kind stands; that of the kind itself without `keys`."""
        return self.file.document.span_of_value((self.role, self.index, self.check.KEY, *keys))


def named_checks(file: TableFile) -> Iterator[PlacedCheck]:
    """In the order of the file, input checks first."""
    roles: tuple[CheckRole, ...] = ("input_check", "output_check")
    for role in roles:
        checks = file.config.table.input_check if role == "input_check" else file.config.table.output_check
        for index, check in enumerate(checks[: len(file.data.get(role, ()))]):
            if not check.IS_QUERY:
                yield PlacedCheck(file=file, check=check, role=role, index=index)
