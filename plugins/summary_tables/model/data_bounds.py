"""How much a comparison of rows may ask of the warehouse."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """`max_rows` of a side are compared, of more a sample. `max_cost` is in the units of the warehouse's planner.

    `max_bytes` is what one table that is built for it may take. `minutes` is the time of one statement.
    """

    max_rows: int = 2_000_000
    max_cost: float = 10_000_000
    max_bytes: int = 10 * 1024**3
    minutes: float = 10


DEFAULT_BOUNDS: Final = Bounds()
