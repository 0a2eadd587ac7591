"""What a folder can hold in place of a file, and what is said of each."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

SECRET = "table: hidden\npassword: hunter2-is-secret\n"
_ITSELF = "fix: put the file itself here"


def _socket(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    try:
        # The way to a socket may have 107 bytes only.
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _circle(path: Path) -> None:
    path.symlink_to("circle.tmp")
    path.with_name("circle.tmp").symlink_to(path.name)


def _link_to(make: Callable[[Path], None]) -> Callable[[Path], None]:
    def made(path: Path) -> None:
        make(path.with_name(".other"))
        path.symlink_to(".other")

    return made


def secret_beside(folder: Path) -> None:
    """A file that must not be read, in the folder above."""
    (folder.parent / ".env").write_text(SECRET)


ENTRIES: dict[str, tuple[Callable[[Path], None], str]] = {
    "link to a secret": (_link("../.env"), f"it is a link that leads out of its folder; {_ITSELF}"),
    "link to a device": (_link("/dev/zero"), f"it is a link that leads out of its folder; {_ITSELF}"),
    "link to standard input": (_link("/dev/stdin"), f"it is a link that leads out of its folder; {_ITSELF}"),
    "link to the root": (_link("/"), f"it is a link that leads out of its folder; {_ITSELF}"),
    "link to nothing": (_link("nowhere"), f"it is a link to a file that does not exist; {_ITSELF}"),
    "link to nothing outside": (_link("../nowhere"), f"it is a link that leads out of its folder; {_ITSELF}"),
    "link to itself": (lambda path: path.symlink_to(path.name), f"it is a link that leads in a circle; {_ITSELF}"),
    "links in a circle": (_circle, f"it is a link that leads in a circle; {_ITSELF}"),
    "link to a folder": (
        _link_to(Path.mkdir),
        "it is a link to a folder; fix: give it a name that does not end in .yaml, or delete it",
    ),
    "link to a pipe": (_link_to(os.mkfifo), f"it is a link to a named pipe; {_ITSELF}"),
    "folder": (Path.mkdir, "it is a folder; fix: give it a name that does not end in .yaml, or delete it"),
    "pipe": (os.mkfifo, f"it is a named pipe; {_ITSELF}"),
    "socket": (_socket, f"it is a socket; {_ITSELF}"),
}
"""How each is made, and why it is not opened."""
