"""The query of a model, with the tables that it reads under their names."""

from collections.abc import Mapping
from typing import Any

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.not_understood import NotUnderstood, Refused
from summary_tables.dbt.records import Model, Relation, Source
from summary_tables.dbt.templates import rendered

_MOST_INLINED = 50


def model_sql(node: Model, manifest: Manifest, variables: Mapping[str, Any] | None = None) -> str | NotUnderstood:
    """What dbt compiled, else its raw SQL as a full build has it, ephemeral models as subqueries at its beginning."""
    if node.compiled_code:
        return node.compiled_code
    inlined: dict[str, str] = {}
    found = _filled(node, manifest, variables or {}, inlined)
    if isinstance(found, NotUnderstood) or not inlined:
        return found
    parts = ", ".join(f"{name} AS (\n{sql}\n)" for name, sql in inlined.items())
    return f"WITH {parts} SELECT * FROM (\n{found}\n) AS made"


def _filled(
    node: Model, manifest: Manifest, variables: Mapping[str, Any], inlined: dict[str, str]
) -> str | NotUnderstood:
    """Ephemeral models that it reads are added to `inlined`, each behind those that it reads itself."""
    if node.language != "sql" or not node.raw_code:
        return NotUnderstood(what="a model without SQL", line=1)

    def ref(*names: str, **version: object) -> str:
        wanted = version.get("v", version.get("version"))
        found = [each for each in _reads(node, manifest) if _is_meant(each, names, wanted)]
        if len(found) != 1:
            raise Refused(f"`ref('{names[-1] if names else ''}')`")
        return _name(found[0].relation) if found[0].materialized != "ephemeral" else inline(found[0])

    def inline(other: Model) -> str:
        name = f"__dbt__cte__{other.name}"
        if name not in inlined:
            sql = _filled(other, manifest, variables, inlined) if len(inlined) < _MOST_INLINED else None
            if not isinstance(sql, str):
                raise Refused(f"`ref('{other.name}')`")
            inlined[name] = sql
        return name

    def source(owner: str, name: str) -> str:
        found = (each for each in manifest.sources if (each.source, each.name) == (owner, name))
        return _name(next(found, _no_source(owner, name)).relation)

    def var(name: str, *default: object) -> object:
        if name not in variables and not default:
            raise Refused(f"`var('{name}')`")
        return variables.get(name, *default)

    names = {
        "ref": ref,
        "source": source,
        "var": var,
        "config": lambda *_, **__: "",
        "is_incremental": lambda: False,
        "log": lambda *_, **__: "",
        "this": _name(node.relation),
        "execute": True,
    }
    text = rendered(node.raw_code, names, lambda called: _macro(called, node.package, manifest))
    return text if isinstance(text, NotUnderstood) else text.strip().removesuffix(";")


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
