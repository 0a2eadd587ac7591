"""Times and amounts of memory in the unit that is part of a key's name."""

import re
from collections.abc import Mapping
from decimal import Decimal

_MINUTES: Mapping[str, Decimal] = {
    "ms": Decimal(1) / 60_000,
    "s": Decimal(1) / 60, "sec": Decimal(1) / 60, "second": Decimal(1) / 60, "seconds": Decimal(1) / 60,
    "m": Decimal(1), "min": Decimal(1), "minute": Decimal(1), "minutes": Decimal(1),
    "h": Decimal(60), "hour": Decimal(60), "hours": Decimal(60),
    "d": Decimal(1440), "day": Decimal(1440), "days": Decimal(1440),
}  # fmt: skip
_HOURS: Mapping[str, Decimal] = {unit: minutes / 60 for unit, minutes in _MINUTES.items()}
_MEGABYTES: Mapping[str, Decimal] = {
    "kb": Decimal(1) / 1024, "mb": Decimal(1), "gb": Decimal(1024), "tb": Decimal(1024 * 1024),
}  # fmt: skip
_UNITS: Mapping[str, tuple[str, Mapping[str, Decimal]]] = {
    "minutes": ("minutes", _MINUTES),
    "hours": ("hours", _HOURS),
    "mb": ("megabytes", _MEGABYTES),
}
_AMOUNT = re.compile(r"\s*([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*([a-z]+)\s*", re.IGNORECASE)


def unit_of(key: str) -> str:
    """What the number at `key` counts, in words; empty for a key whose name has no unit."""
    return _UNITS.get(key.rpartition("_")[2], ("", {}))[0]


def leaves_unit_open(key: str, meant: str) -> bool:
    """`meant` counts something in a unit that `key` does not name: `work_mem` for `work_mem_mb`."""
    unit = meant.rpartition("_")[2]
    return bool(unit_of(meant)) and key.rpartition("_")[2][:2] != unit[:2]


def in_unit_of(key: str, value: object) -> str:
    """`value`, a text such as `30s` or `1 GB`, as the number to write at `key`; empty if it is none.

    Memory is a whole number of megabytes; a time keeps four digits.
    """
    found = _AMOUNT.fullmatch(value) if isinstance(value, str) else None
    unit, sizes = _UNITS.get(key.rpartition("_")[2], ("", {}))
    size = sizes.get(found[2].lower()) if found else None
    if not found or size is None:
        return ""
    number = Decimal(found[1]) * size
    if unit == "megabytes":
        return str(int(number)) if number >= 1 and number == int(number) else ""
    return f"{float(number):.4g}" if 0 < number < 10_000 else ""


def share_of_percent(percent: str) -> str:
    """`0.05` for `5`: of percent a share between 0 and 1; empty where it is none."""
    share = Decimal(percent) / 100
    return f"{float(share):.6g}" if 0 <= share <= 1 else ""
