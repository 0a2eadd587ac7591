"""Which Python packages the Dockerfile installs, according to uv.lock."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from typing import Any

from tests.compose.compose_file import REPOSITORY

PROJECT = "summary-tables"
EXTRA = "server"

Package = dict[str, Any]


def locked_packages() -> dict[str, Package]:
    """The packages of uv.lock by name."""
    lock = tomllib.loads((REPOSITORY / "uv.lock").read_text())
    return {package["name"]: package for package in lock["package"]}


def installed_in_image() -> set[str]:
    """The project's dependencies with its extra `server`, and theirs; not the project itself."""
    packages = locked_packages()
    found: set[tuple[str, str]] = set()
    waiting = [(PROJECT, ""), (PROJECT, EXTRA)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) not in found:
            found.add((name, extra))
            waiting.extend(_needs(packages[name], extra))
    return {name for name, _ in found} - {PROJECT}


def absent_modules() -> set[str]:
    """Modules that can be imported here, but not in the image: those of the development tools."""
    present, locked = installed_in_image(), locked_packages().keys()
    return {
        module
        for module, owners in packages_distributions().items()
        if (names := {owner.lower().replace("_", "-").replace(".", "-") for owner in owners}) <= locked
        and not names & present
        and PROJECT not in names
    }


def _needs(package: Package, extra: str) -> Iterator[tuple[str, str]]:
    needs = package.get("optional-dependencies", {}).get(extra, []) if extra else package.get("dependencies", [])
    for need in needs:
        yield need["name"], ""
        yield from ((need["name"], wanted) for wanted in need.get("extra", ()))
