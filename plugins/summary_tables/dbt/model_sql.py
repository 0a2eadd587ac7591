"""The query of a model, with the tables that it reads under their names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.not_understood import NotUnderstood, Refused
from summary_tables.dbt.records import Model, Relation, Source
from summary_tables.dbt.templates import rendered

_MOST_INLINED: Final = 50


def model_sql(node: Model, manifest: Manifest, variables: Mapping[str, Any]) -> str | NotUnderstood:
    """What dbt compiled, else its raw SQL as a full build has it, ephemeral models as subqueries at its beginning.

    `variables` are those of the run: what `dbt_project.yml` gives them is not known, and their defaults are taken.
    """
    if node.compiled_code:
        return node.compiled_code
    filled = _Filled(manifest=manifest, variables=variables)
    found = filled.sql(node)
    if isinstance(found, NotUnderstood) or not filled.inlined:
        return found
    parts = ", ".join(f"{name} AS (\n{sql}\n)" for name, sql in filled.inlined.items())
    return f"WITH {parts} SELECT * FROM (\n{found}\n) AS made"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """Templates of one query, filled in. `inlined`: ephemeral models that it reads, each behind its own."""

    manifest: Manifest
    variables: Mapping[str, Any]
    inlined: dict[str, str] = field(default_factory=dict)

    def sql(self, node: Model) -> str | NotUnderstood:
        if node.language != "sql" or not node.raw_code:
            return NotUnderstood(what="a model without SQL", line=1)
        text = rendered(node.raw_code, self._names(node), partial(_macro, package=node.package, manifest=self.manifest))
        return text if isinstance(text, NotUnderstood) else text.strip().removesuffix(";")

    def _names(self, node: Model) -> Mapping[str, Any]:
        return {
            "ref": partial(self._ref, node),
            "source": self._source,
            "var": self._var,
            "config": _nothing,
            "is_incremental": lambda: False,
            "log": _nothing,
            "this": _name(node.relation),
            "execute": True,
        }

    def _ref(self, node: Model, *names: str, **version: object) -> str:
        wanted = version.get("v", version.get("version"))
        found = [each for each in _reads(node, self.manifest) if _is_meant(each, names, wanted)]
        if len(found) != 1:
            raise Refused(f"`ref('{names[-1] if names else ''}')`")
        return _name(found[0].relation) if found[0].materialized != "ephemeral" else self._inline(found[0])

    def _inline(self, node: Model) -> str:
        name = f"__dbt__cte__{node.name}"
        if name not in self.inlined:
            sql = self.sql(node) if len(self.inlined) < _MOST_INLINED else None
            if not isinstance(sql, str):
                raise Refused(f"`ref('{node.name}')`")
            self.inlined[name] = sql
        return name

    def _source(self, owner: str, name: str) -> str:
        found = (each for each in self.manifest.sources if (each.source, each.name) == (owner, name))
        return _name(next(found, _no_source(owner, name)).relation)

    def _var(self, name: str, *default: object) -> object:
        if name not in self.variables and not default:
            raise Refused(f"`var('{name}')`")
        return self.variables.get(name, *default)


def _nothing(*_: object, **__: object) -> str:
    return ""


def _reads(node: Model, manifest: Manifest) -> list[Model]:
    return [found for each in node.depends_on if (found := manifest.nodes.get(each))]


def _is_meant(node: Model, names: tuple[str, ...], version: object) -> bool:
    is_version = version is None or node.version == str(version)
    return bool(names) and node.name == names[-1] and is_version and (len(names) == 1 or node.package == names[0])


def _no_source(owner: str, name: str) -> Source:
    relation = Relation(schema=owner, table=name)
    return Source(unique_id="", source=owner, name=name, package="", relation=relation)


def _name(relation: Relation) -> str:
    names = (name.replace('"', '""') for name in (relation.schema, relation.table) if name)
    return ".".join(f'"{name}"' for name in names)


def _macro(called: str, package: str, manifest: Manifest) -> str | None:
    owner, _, name = called.rpartition(".")
    packages = (owner,) if owner else (package, manifest.project, "dbt_postgres", "dbt")
    found = (manifest.macros.get(f"macro.{each}.{name}") for each in packages)
    return next((macro.sql for macro in found if macro), None)
