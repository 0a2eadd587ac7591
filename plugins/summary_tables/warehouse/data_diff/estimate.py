"""What a comparison would ask of the warehouse, and what is said where that is too much."""

from dataclasses import dataclass
from typing import Any

from summary_tables.model.data_bounds import Bounds
from summary_tables.model.failure import Refusal
from summary_tables.text.sizes import size_text
from summary_tables.warehouse.session.limit_messages import minutes_text
from summary_tables.warehouse.session.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What the planner expects of a statement that has not run. `bytes` is the size of its result."""

    cost: float
    bytes: float


def estimate(session: Session, statement: str, query: str = "") -> Estimate:
    """Of a statement of ours, or of a person's `query`, inside a transaction. Raises `WarehouseError`."""
    comparing = session.sql.comparing
    assert comparing is not None
    asked = comparing.estimate(statement)
    ((found,),) = session.query_rows(asked, query) if query else session.rows(asked)
    plan: dict[str, Any] = found[0]["Plan"]
    return Estimate(cost=plan["Total Cost"], bytes=plan["Plan Rows"] * plan["Plan Width"])


def too_expensive(what: str, found: Estimate, bounds: Bounds) -> Refusal | None:
    """Why `what` is not even begun; None where it is."""
    if found.cost > bounds.max_cost:
        words = f"{what} would cost {found.cost:,.0f}, as the warehouse's planner expects (1: to read 8 kB)"
        return _refusal(words, f"{bounds.max_cost:,.0f}", f"--max-cost {_above(found.cost)}")
    if found.bytes > bounds.max_bytes:
        words = f"{what} would give {size_text(found.bytes)}, as the warehouse's planner expects"
        return _refusal(words, size_text(bounds.max_bytes), f"--max-mb {_above(found.bytes / 1024**2)}")
    return None


def too_large(session: Session, what: str, relation: str, bounds: Bounds) -> Refusal | None:
    """Why `what` is not gone on with, though it has given `relation`. Raises `WarehouseError`."""
    comparing = session.sql.comparing
    assert comparing is not None
    size = int(session.value(comparing.size(relation)))
    if size <= bounds.max_bytes:
        return None
    return _refusal(f"{what} gave {size_text(size)}", size_text(bounds.max_bytes), f"--max-mb {_above(size / 1024**2)}")


def _refusal(words: str, allowed: str, option: str) -> Refusal:
    return Refusal(error=f"{words}; allowed are {allowed}. To do it all the same: {option}")


def _above(value: float) -> int:
    """A number of two digits and zeros that is not less."""
    unit: int = 10 ** max(0, len(str(int(value))) - 2)
    return (int(value) // unit + 1) * unit


def too_slow(what: str, bounds: Bounds) -> Refusal:
    """Why `what` was stopped."""
    fewer = max(1, bounds.max_rows // 10)
    return Refusal(error=f"{build_too_slow(what, bounds).error}; to compare a sample of fewer rows: --max-rows {fewer}")


def build_too_slow(what: str, bounds: Bounds) -> Refusal:
    """The same where fewer rows are no way out."""
    more = max(1, round(bounds.minutes * 2))
    words = f"{what} took longer than {minutes_text(bounds.minutes)} and was stopped"
    return Refusal(error=f"{words}. To give it more time: --timeout {more}")
