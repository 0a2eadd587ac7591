"""A file of a summary table, as the watch found it last."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFile:
    """A row of `watched_files`. `document`: what its last content that could be used says of times and people, as
    JSON; empty: there has been none. `problems`: why it cannot be used now, as JSON; empty: it can. `known_at`: when
    its times were found to be what they are. `schema` and `table` are empty where the file has never said them."""

    file: str
    digest: str
    known_at: datetime
    schema: str = ""
    table: str = ""
    document: str = ""
    problems: str = ""
