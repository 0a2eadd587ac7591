"""Servers that take a connection and then say nothing: at once, or after the greeting of PostgreSQL."""

import socket
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread

_OK = b"R" + struct.pack("!ii", 8, 0)
_SETTINGS = {"server_version": "15.0", "client_encoding": "UTF8", "standard_conforming_strings": "on"}
_READY = b"Z" + struct.pack("!i", 5) + b"I"


@contextmanager
def silent_server(*, greets: bool) -> Iterator[int]:
    """Its port on 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        is_over = Event()
        serving = Thread(target=_serve, args=(listening, greets, is_over), daemon=True)
        serving.start()
        try:
            yield listening.getsockname()[1]
        finally:
            # A thread that still waits would take the connections of whoever is given the same descriptor next.
            is_over.set()
            socket.create_connection(listening.getsockname()).close()
            serving.join()


def _serve(listening: socket.socket, greets: bool, is_over: Event) -> None:
    held: list[socket.socket] = []
    while True:
        line, _ = listening.accept()
        held.append(line)
        if is_over.is_set():
            break
        if greets:
            Thread(target=_greet, args=(line,), daemon=True).start()
    for line in held:
        line.close()


def _greet(line: socket.socket) -> None:
    try:
        with closing(line.makefile("rb")) as said:
            (length,) = struct.unpack("!i", said.read(4))
            while struct.unpack("!i", said.read(length - 4)[:4])[0] != 3 << 16:
                line.sendall(b"N")  # neither TLS nor GSS
                (length,) = struct.unpack("!i", said.read(4))
            settings = (_setting(name, value) for name, value in _SETTINGS.items())
            line.sendall(_OK + b"".join(settings) + _READY)
    except (OSError, struct.error):
        return


def _setting(name: str, value: str) -> bytes:
    text = f"{name}\0{value}\0".encode()
    return b"S" + struct.pack("!i", 4 + len(text)) + text
