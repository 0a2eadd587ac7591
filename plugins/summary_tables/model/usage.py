"""Who depends on a table beyond the tables that read it, and until when they can."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecation:
    """The table is to go. `after`: the last day (UTC) on which it is to be there; `use`: what to read in its place."""

    after: date
    use: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A dashboard or report that shows a table. `url` begins with http:// or https://."""

    name: str
    url: str
    owner: str = ""
