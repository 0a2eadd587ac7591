"""When the newest row of a table came that others fill."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from summary_tables.warehouse.session.session import Session

_FARTHEST = timedelta(days=50 * 365)
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestRow:
    """`came_at`: when it came. None: there is none, or it has a date so far ahead that it only stands for a time."""

    came_at: datetime | None = None
    is_stand_in: bool = False


def newest_row(session: Session, table: str, column: str) -> NewestRow:
    """Of `schema.table`. Raises `WarehouseError`."""
    schema, name = table.split(".", 1)
    with session.transaction(read_only=True, keep=False):
        found = session.value(session.sql.sources.newest(schema, name, column))
    return as_newest_row(found, datetime.now(UTC))


def as_newest_row(seconds: Decimal | float | None, now: datetime) -> NewestRow:
    """`seconds` since 1970, as the warehouse gives them."""
    if seconds is None:
        return NewestRow()
    if not abs(Decimal(seconds) - Decimal(now.timestamp())) < Decimal(_FARTHEST.total_seconds()):
        return NewestRow(is_stand_in=Decimal(seconds) > 0)
    return NewestRow(came_at=_START + timedelta(seconds=float(seconds)))
