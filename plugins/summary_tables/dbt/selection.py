"""Which nodes of a project `--select` and `--exclude` mean, as far as that can be said without dbt."""

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.project_folder import MODELS, SEEDS
from summary_tables.dbt.records import Model

_TERM = re.compile(r"^(?P<up>\d*\+)?(?P<what>[^+@]+?)(?P<down>\+\d*)?$")
_ENDINGS = (*MODELS, *SEEDS)
_METHOD = re.compile(r"^(?P<method>[a-z_.]+):(?P<value>.+)$")


def selected(manifest: Manifest, select: Iterable[str], exclude: Iterable[str] = ()) -> frozenset[str] | None:
    """The unique ids of models, seeds and snapshots; None where a word is used that only dbt understands."""
    wanted, unwanted = _union(manifest, select), _union(manifest, exclude)
    if wanted is None or unwanted is None:
        return None
    return (wanted if tuple(select) else frozenset(manifest.nodes)) - unwanted


def _union(manifest: Manifest, texts: Iterable[str]) -> frozenset[str] | None:
    found: set[str] = set()
    for text in texts:
        for term in text.split():
            meant = _intersection(manifest, term)
            if meant is None:
                return None
            found |= meant
    return frozenset(found)


def _intersection(manifest: Manifest, term: str) -> frozenset[str] | None:
    parts = [_term(manifest, part) for part in term.split(",")]
    known = [part for part in parts if part is not None]
    return frozenset.intersection(*known) if len(known) == len(parts) else None


def _term(manifest: Manifest, term: str) -> frozenset[str] | None:
    found = _TERM.match(term)
    matches = _matcher(found["what"], manifest.project) if found else None
    if not found or matches is None:
        return None
    meant = {unique_id for unique_id, node in manifest.nodes.items() if matches(node)}
    parents = {unique_id: frozenset(node.depends_on) for unique_id, node in manifest.nodes.items()}
    more: set[str] = set()
    if up := found["up"]:
        more |= _spread(meant, parents, _steps(up))
    if down := found["down"]:
        children: dict[str, set[str]] = {}
        for unique_id, of_node in parents.items():
            for parent in of_node:
                children.setdefault(parent, set()).add(unique_id)
        more |= _spread(meant, children, _steps(down))
    return frozenset((meant | more) & manifest.nodes.keys())


def _steps(sign: str) -> int | None:
    number = sign.strip("+")
    return int(number) if number else None


def _spread(begin: set[str], neighbours: Mapping[str, Iterable[str]], steps: int | None) -> set[str]:
    found, edge = set(begin), set(begin)
    while edge and (steps is None or steps > 0):
        edge = {other for node in edge for other in neighbours.get(node, ())} - found
        found |= edge
        steps = None if steps is None else steps - 1
    return found


def _matcher(what: str, project: str) -> Callable[[Model], bool] | None:
    method, value = _method(what)
    known: Mapping[str, Callable[[Model], bool]] = {
        "fqn": lambda node: _is_named(node, value),
        "tag": lambda node: any(fnmatchcase(tag, value) for tag in node.tags),
        "package": lambda node: fnmatchcase(node.package, project if value == "this" else value),
        "resource_type": lambda node: node.resource_type == value,
        "path": lambda node: _is_below(node.path, value),
        "file": lambda node: _is_file(PurePosixPath(node.path), value),
        "config.materialized": lambda node: node.materialized == value,
        "group": lambda node: node.group == value,
    }
    return known.get(method)


def _method(what: str) -> tuple[str, str]:
    """The method and what it is asked for; where none is named, the one that dbt takes for meant."""
    if found := _METHOD.match(what):
        return found["method"], found["value"]
    if "/" in what:
        return "path", what
    return "file" if what.lower().endswith(_ENDINGS) else "fqn", what


def _is_named(node: Model, name: str) -> bool:
    """By its name, or by the folders that lead to it, from the project's or from the first below `models`."""
    if fnmatchcase(node.name, name):
        return True
    folders = (node.package, *PurePosixPath(node.path).parts[1:-1], node.name)
    wanted = tuple(name.split("."))
    return any(len(wanted) <= len(given) and all(map(fnmatchcase, given, wanted)) for given in (folders, folders[1:]))


def _is_file(path: PurePosixPath, name: str) -> bool:
    return fnmatchcase(path.name, name) or fnmatchcase(path.stem, name)


def _is_below(path: str, folder: str) -> bool:
    place = folder.rstrip("/")
    return fnmatchcase(path, place) or path.startswith(f"{place}/") or fnmatchcase(path, f"{place}/*")
