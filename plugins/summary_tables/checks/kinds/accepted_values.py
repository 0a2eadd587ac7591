"""`- accepted_values: {column: ..., values: [...]}`: the only values that a column has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from summary_tables.checks.check_sql import column_sql, text_sql
from summary_tables.checks.messages import values_words
from summary_tables.checks.value_check import ValueCheck
from summary_tables.text.written_number import as_written


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedValues(ValueCheck):
    """`column` has only `values`; NULL is left out."""

    KEY: ClassVar[str] = "accepted_values"
    HAS_VALUES: ClassVar[bool] = True
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("allowed_values", "valid_values", "is_in")
    OTHER_KEYS: ClassVar[Mapping[str, str]] = {
        "accepted": "values",
        "allowed": "values",
        "value": "values",
        "in": "values",
    }
    WRONG: ClassVar[tuple[str, str]] = ("with another value", "with other values")
    NONE_WRONG: ClassVar[str] = "no other"

    values: tuple[str, ...]

    @classmethod
    def _options(cls, value: Any) -> dict[str, Any]:
        return {**value, "values": tuple(map(as_written, value["values"]))}

    def _wrong(self) -> str:
        # Quoted whatever they are: the type of the column decides how they are read.
        values = ", ".join(text_sql(value) for value in self.values)
        return f"{column_sql(self.column)} NOT IN ({values})"

    def _expected(self) -> str:
        return f"only {values_words(self.values)} in {self.column}"
