"""Where a comment is posted, and how much of it is taken there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """`length` measures a text as strictly as anybody has seen the host do it, for `limit`."""

    name: str
    limit: int
    length: Callable[[str], int]


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


GITHUB: Final = Host(name="github", limit=65_536, length=_utf16_units)
"""It says "maximum is 65536 characters" and stores 262,144 bytes. One unit of UTF-16 has three bytes at most,
two have four: what fits by this measure fits by each of these."""

GITLAB: Final = Host(name="gitlab", limit=1_000_000, length=_bytes)
"""Its manual says "~1 million characters / ~1 MB"."""

HOSTS: Final[Mapping[str, Host]] = {host.name: host for host in (GITHUB, GITLAB)}
