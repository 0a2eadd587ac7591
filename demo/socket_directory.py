"""Where a server's unix socket lies: its path may not be long."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

SOCKET_PATH_BYTES: Final = 103
"""The longest unix socket path that every system takes (macOS: 103 bytes, Linux: 107)."""


def socket_directory(home: Path, port: int) -> Path:
    """A private directory for the unix socket: in `home`, or a temporary one when that path is too long for a socket.

    `home/socket` leads to either, so that the one a killed predecessor left can be removed.
    """
    directory = home / "socket"
    remove_socket_directory(home)
    path = str(directory / f".s.PGSQL.{port}")
    # The setting is a list: commas separate, quotation marks quote.
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES and not set(path) & set(',"') and path == path.strip():
        directory.mkdir(mode=0o700)
        return directory
    temporary = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    directory.symlink_to(temporary)
    return temporary


def remove_socket_directory(home: Path) -> None:
    """Removes what `socket_directory` made."""
    directory = home / "socket"
    if directory.is_symlink():
        shutil.rmtree(directory.readlink(), ignore_errors=True)
        directory.unlink()
    shutil.rmtree(directory, ignore_errors=True)
