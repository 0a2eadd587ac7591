"""How long something takes, as people read and write it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final


def duration_text(seconds: float) -> str:
    """`0.42 s`, `1.4 s`, `48 s`, `3 min 20 s`, `2 h 5 min`, `3 days 4 h`."""
    if seconds < 1:
        return f"{max(seconds, 0):.2g} s"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    for size, unit, smaller_size, smaller in _UNITS:
        if whole >= size:
            rest = whole % size // smaller_size
            many = "s" if unit == " day" and whole // size > 1 else ""
            return f"{whole // size}{unit}{many}" + (f" {rest}{smaller}" if rest else "")
    return f"{whole} s"


_UNITS = ((86_400, " day", 3_600, " h"), (3_600, " h", 60, " min"), (60, " min", 1, " s"))


def span(text: str) -> timedelta:
    """What `90m`, `26h` or `8d` means. Raises ValueError for anything else."""
    unit = _SPANS.get(text[-1:])
    if unit is None:
        raise ValueError(f"not a number of minutes, hours or days: {text!r}")
    return int(text[:-1]) * unit


def written_span(length: timedelta) -> str:
    """As a file would say it: `90m`, `26h`, `8d`; to the minute."""
    name, unit = next((name, unit) for name, unit in _WRITTEN.items() if not length % unit or name == "m")
    return f"{length // unit}{name}"


_SPANS: Final[Mapping[str, timedelta]] = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_WRITTEN: Final = {name: _SPANS[name] for name in ("d", "h", "m")}
