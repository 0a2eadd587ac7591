"""A dbt project as its files say it, without dbt: which tables it makes, and where.

What only dbt could say is left open: a schema that nobody knows is empty, and what may be switched off is there. What
packages bring is not read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final

from summary_tables.dbt.ignored_files import IGNORE_FILE
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.project_files import mapping_of
from summary_tables.dbt.project_folder import (
    MODELS,
    PROFILES_FILE,
    PROJECT_FILE,
    PROPERTIES,
    SEEDS,
    ProjectFolder,
    ends_with,
    project_folder,
    schema_of,
)
from summary_tables.dbt.records import Column, Macro, Model, Relation, ResourceType, Source
from summary_tables.dbt.template_arguments import between, without_comments
from summary_tables.dbt.written_configs import Kind, Scope, generated_name, merged, of_project_file, of_python, of_sql
from summary_tables.model.dbt_project import DbtProject

_REFERENCE: Final = re.compile(
    r"\bref\s*\(\s*['\"]([^'\"]+)['\"]\s*(?:,\s*['\"]([^'\"]+)['\"]\s*)?"
    r"(?:,\s*(?:v|version)\s*=\s*['\"]?([\w.]+))?"
)
_SOURCE: Final = re.compile(r"\bsource\s*\(\s*['\"]([^'\"]+)['\"]\s*,\s*['\"]([^'\"]+)['\"]\s*\)")
_MACRO: Final = (re.compile(r"\{%-?\s*macro\s+(\w+)"), re.compile(r"\{%-?\s*endmacro\s*-?%\}"))
_SNAPSHOT: Final = (re.compile(r"\{%-?\s*snapshot\s+(\w+)\s*-?%\}"), re.compile(r"\{%-?\s*endsnapshot\b"))
_KINDS: Final[Mapping[Kind, ResourceType]] = {"models": "model", "seeds": "seed", "snapshots": "snapshot"}
_MADE: Final[Mapping[Kind, str]] = {"models": "view", "seeds": "seed", "snapshots": "snapshot"}


def written_project(files: Mapping[str, str], project: DbtProject) -> Manifest | None:
    """The project that `files` are, texts by their paths from its folder, as the run of `project` builds it.

    None: it has no `dbt_project.yml` that can be read.
    """
    folder = project_folder(
        Path(), files.get(PROJECT_FILE, ""), files.get(PROFILES_FILE, ""), files.get(IGNORE_FILE, "")
    )
    if folder is None:
        return None
    read = _Files({path: text for path, text in files.items() if not folder.ignored.has(path)}, folder, project)
    nodes = tuple(read.nodes())
    on = tuple(node for node in nodes if node.config.get("enabled") is not False)
    return Manifest(
        project=folder.name,
        adapter="postgres",
        models=tuple(node for node in on if node.resource_type == "model"),
        seeds=tuple(node for node in on if node.resource_type == "seed"),
        snapshots=tuple(node for node in on if node.resource_type == "snapshot"),
        sources=tuple(read.sources()),
        macros=read.macros,
        switched_off=tuple(node for node in nodes if node.config.get("enabled") is False),
    )


def is_read(path: str) -> bool:
    """A file of such an ending matters here."""
    return ends_with(path, (*MODELS, *SEEDS, *PROPERTIES))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A file or a part of one that makes a table; `way` as for `of_project_file`."""

    kind: Kind
    name: str
    path: str
    way: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True)
class _Files:
    files: Mapping[str, str]
    folder: ProjectFolder
    project: DbtProject

    def nodes(self) -> Iterator[Model]:
        for found in self._found():
            yield from self._node(found)

    def sources(self) -> Iterator[Source]:
        """The tables of others."""
        for owner in (each for data in self._descriptions.values() for each in _items(data.get("sources"))):
            schema = self._scope.value(owner.get("schema") or owner.get("name"))
            for table in _items(owner.get("tables")):
                called = self._scope.value(table.get("identifier") or table.get("name"))
                yield Source(
                    unique_id=self._source_id(str(owner.get("name")), str(table.get("name"))),
                    source=str(owner.get("name")),
                    name=str(table.get("name")),
                    package=self.folder.name,
                    relation=Relation(schema=_plain(schema), table=_plain(called)),
                )

    @property
    def macros(self) -> Mapping[str, Macro]:
        """By unique id."""
        name = self.folder.name
        return {
            f"macro.{name}.{called}": Macro(unique_id=f"macro.{name}.{called}", name=called, package=name, sql=sql)
            for called, sql in self._scope.macros.items()
        }

    def _source_id(self, owner: str, name: str) -> str:
        return f"source.{self.folder.name}.{owner}.{name}"

    def _found(self) -> Iterator[_Found]:
        for path in self._below(self.folder.model_folders, MODELS):
            yield self._of_file("models", path)
        for path in self._below(self.folder.seed_folders, SEEDS):
            yield self._of_file("seeds", path)
        for path in self._below(self.folder.snapshot_folders, MODELS[:1]):
            whole = self._of_file("snapshots", path)
            text = without_comments(self.files[path])
            for first, last in between(text, *_SNAPSHOT):
                name, code = first[1], text[first.end() : last.start()]
                yield replace(whole, name=name, way=(*whole.way, name), code=code)
        for path, entry in self._entries("snapshots"):
            if "relation" in entry:
                whole, name = self._of_file("snapshots", path), str(entry.get("name"))
                yield replace(whole, name=name, way=(*whole.way[:-1], name), code=str(entry["relation"]))

    def _of_file(self, kind: Kind, path: str) -> _Found:
        stem, inside = PurePosixPath(path).stem, PurePosixPath(self._inside(kind, path)).parent.parts
        code = "" if kind == "seeds" else self.files[path]
        return _Found(kind=kind, name=stem, path=path, way=(self.folder.name, *inside, stem), code=code)

    def _inside(self, kind: Kind, path: str) -> str:
        """The way from the folder that `dbt_project.yml` names."""
        folders = {
            "models": self.folder.model_folders,
            "seeds": self.folder.seed_folders,
            "snapshots": self.folder.snapshot_folders,
        }[kind]
        around = next((each for each in folders if _is_below(path, (each,))), "")
        return path.removeprefix(_as_folder(around))

    def _below(self, folders: Iterable[str], endings: tuple[str, ...]) -> Iterator[str]:
        wanted = tuple(folders)
        return (path for path in sorted(self.files) if ends_with(path, endings) and _is_below(path, wanted))

    def _node(self, found: _Found) -> Iterator[Model]:
        said, version = self._said(found)
        of_yaml = {**_mapping(said.get("config")), **_mapping(version.get("config"))}
        name, number = self._name(found, said, version)
        way = (*found.way[:-1], name, f"v{number}") if number else found.way
        of_project = of_project_file(self.folder.settings, found.kind, way, self._of_run)
        of_code = of_python(found.code) if found.path.endswith(".py") else of_sql(found.code, self._scope)
        config = merged(self._scope, of_project, of_yaml, of_code)
        kind = _KINDS[found.kind]
        node = {"name": name, "resource_type": kind, "fqn": list(way), "config": config, "version": number}
        yield Model(
            unique_id=self._unique_id(found.kind, name, number),
            name=name,
            package=self.folder.name,
            resource_type=kind,
            relation=self._relation(config, node, f"{name}_v{number.replace('.', '_')}" if number else name),
            materialized=_plain(config.get("materialized")) or _MADE[found.kind],
            raw_code=found.code,
            columns=_columns(version if "columns" in version else said),
            config=config,
            tags=tuple(map(str, config.get("tags", ()))),
            group=_plain(config.get("group")) or _plain(said.get("group")),
            has_contract=_mapping(config.get("contract")).get("enforced") is True,
            version=number,
            latest_version=str(_latest(said)) if number else "",
            depends_on=self._depends_on(found.code),
            path=found.path,
        )

    def _relation(self, config: Mapping[str, Any], node: Mapping[str, Any], called: str) -> Relation:
        alias = config.get("alias")
        table = generated_name("generate_alias_name", alias, node, str(alias or called).strip(), self._scope)
        fixed, custom, schema = config.get("target_schema"), config.get("schema"), self._scope.target["schema"]
        if node["resource_type"] == "snapshot" and isinstance(fixed, str):
            return Relation(schema=fixed if table else "", table=table or called)
        own = f"{schema}_{str(custom).strip()}" if custom else schema
        found = generated_name("generate_schema_name", custom, node, own, self._scope)
        return Relation(schema=found if table else "", table=table or called)

    def _said(self, found: _Found) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """What YAML says of a model, and of its version."""
        by_file = self._versions.get(found.name) if found.kind == "models" else None
        return by_file or (self._properties[found.kind].get(found.name, {}), {})

    @cached_property
    def _versions(self) -> Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """By the name of the file, without its ending."""
        stems = {PurePosixPath(path).stem for path in self._below(self.folder.model_folders, MODELS)}
        found: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        for name, entry in self._properties["models"].items():
            for version in (each for each in _items(entry.get("versions")) if "v" in each):
                stem = str(version.get("defined_in") or f"{name}_v{version['v']}")
                is_latest = version["v"] == _latest(entry)
                found[name if stem not in stems and is_latest else stem] = ({**entry, "name": name}, version)
        return found

    @cached_property
    def _properties(self) -> Mapping[Kind, Mapping[str, Mapping[str, Any]]]:
        return {kind: {str(entry.get("name")): entry for _, entry in self._entries(kind)} for kind in _KINDS}

    def _entries(self, kind: Kind) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for path, data in self._descriptions.items():
            yield from ((path, entry) for entry in _items(data.get(kind)))

    @cached_property
    def _descriptions(self) -> Mapping[str, Mapping[str, Any]]:
        return {path: mapping_of(self.files[path]) for path in self._below(self.folder.property_folders, PROPERTIES)}

    @cached_property
    def _scope(self) -> Scope:
        written = _mapping(self.folder.settings.get("vars"))
        of_all = {name: value for name, value in written.items() if not isinstance(value, dict)}
        target = {"name": self.project.dbt.target, "type": "postgres", "schema": schema_of(self.folder, self.project)}
        target |= {"profile_name": self.folder.profile}
        texts = (self.files[path] for path in self._below(self.folder.macro_folders, MODELS[:1]))
        return Scope(
            project=self.folder.name,
            target=target,
            variables={**of_all, **_mapping(written.get(self.folder.name)), **self.project.dbt.vars},
            macros={
                first[1]: text[first.start() : last.end()]
                for text in map(without_comments, texts)
                for first, last in between(text, *_MACRO)
            },
        )

    @cached_property
    def _of_run(self) -> Scope:
        """In `dbt_project.yml` the variables that stand there are not known yet."""
        return replace(self._scope, variables=self.project.dbt.vars)

    def _depends_on(self, code: str) -> tuple[str, ...]:
        models = (self._ids.get((second or first, version)) for first, second, version in _REFERENCE.findall(code))
        sources = (self._source_id(*names) for names in _SOURCE.findall(code))
        return tuple(dict.fromkeys(unique_id for unique_id in (*models, *sources) if unique_id))

    @cached_property
    def _ids(self) -> Mapping[tuple[str, str], str]:
        """What `ref` means, by the name and the version that it has; without one, the latest."""
        found: dict[tuple[str, str], str] = {}
        for each in self._found():
            said, version = self._said(each)
            name, number = self._name(each, said, version)
            unique_id = self._unique_id(each.kind, name, number)
            if not number or version["v"] == _latest(said):
                found[name, ""] = unique_id
            found[name, number] = unique_id
        return found

    @staticmethod
    def _name(found: _Found, said: Mapping[str, Any], version: Mapping[str, Any]) -> tuple[str, str]:
        return (str(said["name"]), str(version["v"])) if version else (found.name, "")

    def _unique_id(self, kind: Kind, name: str, number: str) -> str:
        return f"{_KINDS[kind]}.{self.folder.name}.{name}" + (f".v{number}" if number else "")


def _latest(entry: Mapping[str, Any]) -> Any:
    """The version that `ref` takes where it names none: without `latest_version` the highest."""
    given = [version["v"] for version in _items(entry.get("versions")) if "v" in version]
    try:
        highest = max(given, key=float)
    except (TypeError, ValueError):
        highest = max(given, key=str, default="")
    return entry.get("latest_version", highest)


def _columns(entry: Mapping[str, Any]) -> tuple[Column, ...]:
    return tuple(
        Column(name=str(each["name"]), data_type=str(each.get("data_type") or ""))
        for each in _items(entry.get("columns"))
        if "name" in each
    )


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(path.startswith(_as_folder(each)) for each in folders)


def _as_folder(name: str) -> str:
    plain = PurePosixPath(name).as_posix()
    return "" if plain == "." else f"{plain}/"


def _plain(value: object) -> str:
    """Empty where only dbt could say it."""
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
