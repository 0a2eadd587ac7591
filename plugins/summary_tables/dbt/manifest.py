"""`manifest.json`, which dbt writes of a project, as records: from version 1 (dbt 0.19) to what dbt 2 writes.

Everything that may be left out, empty or null is read as nothing said: versions and vendors differ in that.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from summary_tables.dbt.nodes import data_test, exposure, macro, mapping, model, source, unit_test
from summary_tables.dbt.project_files import content
from summary_tables.dbt.records import DataTest, Exposure, Macro, Model, Source, UnitTest
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem

MOST_BYTES: Final = 500_000_000
_OTHERS: Final = ("metrics", "semantic_models", "saved_queries", "functions")


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A project and the packages that it uses. `disabled` has the unique ids of what is switched off, `switched_off`
    the models, seeds and snapshots among it.

    `macros` are by their unique id. `others` counts what else the project has, in dbt's words: metrics, hooks of a run
    (`operation`) and the like. `adapter` is the kind of warehouse for which it was written, such as `postgres`.
    """

    project: str
    adapter: str = ""
    models: tuple[Model, ...] = ()
    seeds: tuple[Model, ...] = ()
    snapshots: tuple[Model, ...] = ()
    sources: tuple[Source, ...] = ()
    tests: tuple[DataTest, ...] = ()
    unit_tests: tuple[UnitTest, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    disabled: frozenset[str] = frozenset()
    switched_off: tuple[Model, ...] = ()
    macros: Mapping[str, Macro] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def nodes(self) -> Mapping[str, Model]:
        """Models, seeds and snapshots by their unique id."""
        return {node.unique_id: node for node in (*self.models, *self.seeds, *self.snapshots)}

    @cached_property
    def sources_by_id(self) -> Mapping[str, Source]:
        """Sources by their unique id."""
        return {source.unique_id: source for source in self.sources}


def read_manifest(path: Path) -> Manifest | Problem:
    """The manifest at `path`, or why there is none. Never raises for what the file holds."""
    try:
        found = content(path, MOST_BYTES)
    except OSError as error:
        return _problem(path, f"the file cannot be read: {error.strerror}")
    return manifest_from_json(found, path)


def manifest_from_json(text: bytes, path: Path) -> Manifest | Problem:
    """The same of what stands in the file. `path` is only what a problem names."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return _problem(path, "the file is not JSON", "let dbt write it again: `dbt parse`")
    metadata = _metadata(data)
    if metadata is None:
        fix = "name the manifest.json in the folder target/ of a dbt project"
        return _problem(path, "the file is no manifest of a dbt project", fix)
    return _manifest(data, metadata)


def _problem(path: Path, message: str, fix: str = "") -> Problem:
    return Problem.of(Finding(place=WHOLE_FILE, rule="dbt-manifest", message=message, fix=fix), path)


def _metadata(data: object) -> Mapping[str, Any] | None:
    """None: the file is something else, such as another artifact of dbt."""
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), dict):
        return None
    metadata = data.get("metadata")
    is_manifest = isinstance(metadata, dict) and "/manifest/" in str(metadata.get("dbt_schema_version"))
    return metadata if is_manifest and isinstance(metadata, dict) else None


def _manifest(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Manifest:
    nodes, owners = list(_items(data, "nodes")), _group_owners(data)
    found = {kind: tuple(model(each, owners) for each in _of(nodes, kind)) for kind in ("model", "seed", "snapshot")}
    project = str(metadata.get("project_name") or _commonest_package(nodes))
    return Manifest(
        project=project,
        adapter=str(metadata.get("adapter_type") or ""),
        models=found["model"],
        seeds=found["seed"],
        snapshots=found["snapshot"],
        sources=tuple(source(each) for each in _items(data, "sources")),
        tests=tuple(data_test(each) for each in _of(nodes, "test")),
        unit_tests=tuple(unit_test(each) for each in _items(data, "unit_tests")),
        exposures=tuple(exposure(each) for each in _items(data, "exposures")),
        disabled=frozenset(_texts(data.get("disabled"))),
        switched_off=tuple(model(each, owners) for each in _switched_off(data) if each.get("resource_type") in found),
        others=_others(data, nodes, project),
        macros={each.unique_id: each for each in map(macro, _items(data, "macros"))},
    )


def _items(data: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    items = data.get(key)
    return (item for item in (items.values() if isinstance(items, dict) else ()) if isinstance(item, dict))


def _of(nodes: list[Mapping[str, Any]], kind: str) -> Iterator[Mapping[str, Any]]:
    return (node for node in nodes if node.get("resource_type") == kind)


def _others(data: Mapping[str, Any], nodes: list[Mapping[str, Any]], project: str) -> Mapping[str, int]:
    kinds = {"operation": list(_of(nodes, "operation")), **{key: list(_items(data, key)) for key in _OTHERS}}
    counts = {key: sum(each.get("package_name") == project for each in found) for key, found in kinds.items()}
    return {key: count for key, count in counts.items() if count}


def _texts(names: object) -> Iterator[str]:
    return (str(name) for name in (names if isinstance(names, dict) else ()))


def _switched_off(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Below each unique id stand all that are called so: several where only the files differ."""
    for entries in mapping(data.get("disabled")).values():
        yield from (each for each in (entries if isinstance(entries, list) else [entries]) if isinstance(each, dict))


def _group_owners(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Who answers for the models of each group."""
    found = ((str(group.get("name")), group.get("owner")) for group in _items(data, "groups"))
    return {
        name: str(owner.get("name") or owner.get("email") or name) for name, owner in found if isinstance(owner, dict)
    }


def _commonest_package(nodes: list[Mapping[str, Any]]) -> str:
    """Older manifests do not name their project."""
    packages = [str(node.get("package_name")) for node in nodes]
    return max(packages, key=packages.count, default="")
