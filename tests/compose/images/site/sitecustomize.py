"""Gives a Python process what a container would: a host name, and only the packages that are in the image."""

import os
import socket
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec

ABSENT = frozenset(os.environ["CONTAINER_ABSENT_PACKAGES"].split())


class NotInTheImage(MetaPathFinder):
    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r} in the image", name=name)
        return None


sys.meta_path.insert(0, NotInTheImage())
# An editable install puts its folder on the path; in a container the library is found through plugins/ only.
sys.path[:] = [entry for entry in sys.path if not entry.startswith(os.environ["CONTAINER_HIDDEN_FOLDER"])]
socket.gethostname = lambda: os.environ["HOSTNAME"]
socket.getfqdn = lambda name="": name or os.environ["HOSTNAME"]
