"""What dbt says while it runs: lines of JSON on its standard output, one an event."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

_ENDS: Final = frozenset(
    {"LogModelResult", "LogTestResult", "LogSeedResult", "LogSnapshotResult", "SkippingDetails", "LogFreshnessResult"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. `unique_id` is that of the node it is about, if it is about one; `ends` that node's work.

    `level` is debug, info, warn or error.
    """

    name: str
    message: str
    level: str = "info"
    unique_id: str = ""

    @property
    def ends(self) -> bool:
        return self.name in _ENDS


def event(line: str) -> Event | None:
    """The event on this line; None: the line is none, such as a trace of Python."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    info, data = _part(found, "info"), _part(found, "data")
    if not info:
        return None
    return Event(
        name=str(info.get("name") or ""),
        message=str(info.get("msg") or "").strip(),
        level=str(info.get("level") or "info"),
        unique_id=str(_part(data, "node_info").get("unique_id") or ""),
    )


def _part(found: object, key: Literal["info", "data", "node_info"]) -> Mapping[str, Any]:
    part = found.get(key) if isinstance(found, dict) else None
    return part if isinstance(part, dict) else {}
