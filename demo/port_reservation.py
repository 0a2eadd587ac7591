"""A TCP port that two demos which start at the same moment do not both choose."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from demo.embedded_postgres import free_port


@contextmanager
def reserved_port(preferred: int) -> Iterator[int]:
    """A port of 127.0.0.1 on which nothing listens, `preferred` if possible; other demos avoid it during the block.

    The service that will listen starts seconds later and binds the port by itself, so the port cannot be held open:
    the mark is a UDP socket of the same number, which goes with the process that made it.
    """
    port = free_port(preferred)
    with socket.socket(type=socket.SOCK_DGRAM) as holder:
        while not _bound(holder, port):
            port = free_port()
        yield port


def _bound(holder: socket.socket, port: int) -> bool:
    try:
        holder.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
