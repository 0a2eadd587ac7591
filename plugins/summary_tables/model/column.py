"""A column as the warehouse has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column and its full type, e.g. `numeric(5,2)`."""

    name: str
    type: str
