"""What every connection to a warehouse is made with: a network or a server that is silent must not hold anybody up."""

from collections.abc import Mapping
from typing import Any, Final

CONNECT_SECONDS: Final = 10
"""How long one address of the warehouse may take to let us in."""

ASIDE_CONNECT_SECONDS: Final = 5
"""The same for what is asked beside the work of a step."""

CONNECT_OPTIONS: Final[Mapping[str, Any]] = {
    "connect_timeout": CONNECT_SECONDS,
    "client_encoding": "UTF8",
    # A line that was cut without a word: noticed within a minute while nothing is sent, and after a minute of silence
    # where something was. A server that only does not answer is for clocks of our own (`clocks`).
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""What an address says of these itself comes first."""


def where(host: str, port: object) -> str:
    """`wh.example.com:5432`, `the socket in /run/postgresql`: an address without anything secret."""
    if not host:
        return "this machine"
    return f"the socket in {host}" if host.startswith(("/", "@")) else f"{host}:{port or 5432}"
