"""A TCP port for a service that starts seconds later; programs that look at the same moment get different ones."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from demo.embedded_postgres import free_port

CHOICE: Final = range(20_000, 32_000)
"""Below the ports that systems give to outgoing connections, any of which could take one until the service starts."""


@contextmanager
def reserved_port(preferred: int = 0) -> Iterator[int]:
    """A port of 127.0.0.1 on which nothing listens, `preferred` if possible; others avoid it during the block.

    The service binds the port by itself, so the port cannot be held open: the mark is a UDP socket of the same number,
    which goes with the process that made it.
    """
    port = preferred or random.choice(CHOICE)
    with socket.socket(type=socket.SOCK_DGRAM) as holder:
        while free_port(port) != port or not _bound(holder, port):
            port = random.choice(CHOICE)
        yield port


def _bound(holder: socket.socket, port: int) -> bool:
    try:
        holder.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
