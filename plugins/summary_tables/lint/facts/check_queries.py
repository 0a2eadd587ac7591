"""The checks of a file together with what their queries say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from summary_tables.checks import Check
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.model.problem import Place
from summary_tables.sql.query import Query

CheckRole = Literal["input_check", "output_check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckQuery:
    """A check whose query can be read."""

    file: TableFile
    check: Check
    query: SourceQuery
    parsed: Query

    @property
    def place(self) -> Place:
        """Where the query begins, up to the end of that line."""
        offset = len(self.query.text) - len(self.query.text.lstrip())
        first_line = self.query.text[offset:].partition("\n")[0].rstrip()
        return self.file.place_in(self.query, offset, max(len(first_line), 1))

    def place_of(self, key: str) -> Place:
        """Where the value of another key of the check stands."""
        return self.file.document.span_of_value((*self.query.path[:-1], key))


def readable_checks(file: TableFile, *roles: CheckRole) -> Iterator[CheckQuery]:
    """The checks in `roles`, in the order of the file, without those whose query cannot be read."""
    for role in roles or ("input_check", "output_check"):
        checks = file.config.table.input_check if role == "input_check" else file.config.table.output_check
        for query in file.check_queries(role):
            parsed, index = query.parsed, query.path[1]
            if isinstance(parsed, Query) and isinstance(index, int):
                yield CheckQuery(file=file, check=checks[index], query=query, parsed=parsed)
