"""The names that templates of a dbt project know, as far as they are known without dbt."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from summary_tables.commands.import_dbt.project import DbtProject
from summary_tables.dbt.not_understood import Refused
from summary_tables.dbt.records import DataTest, Model, Source


def relation_text(node: Model | Source) -> str:
    """How SQL with filled-in templates names it. What is ephemeral stands nowhere, and has a name of dbt's."""
    if isinstance(node, Model) and node.materialized == "ephemeral":
        return f"__dbt__cte__{node.relation.table}"
    relation = node.relation
    names = (name for name in (relation.database, relation.schema, relation.table) if name)
    return node.relation_name or ".".join(f'"{name}"' for name in names)


class _Reference(Mapping[str, str]):
    """`ref(...)`, `source(...)` and `this`: text in SQL, with parts of its own."""

    def __init__(self, node: Model | Source) -> None:
        self._text = relation_text(node)
        relation = node.relation
        self._parts = {"database": relation.database, "schema": relation.schema}
        self._parts |= {"identifier": relation.table, "name": relation.table, "table": relation.table}

    def __getitem__(self, key: str) -> str:
        return self._parts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __hash__(self) -> int:
        return hash(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reference) and self._text == other._text

    def __str__(self) -> str:
        return self._text


def template_names(node: Model | DataTest, project: DbtProject, *, is_incremental: bool) -> Mapping[str, Any]:
    """What stands in the templates of `node`: of a run that adds rows, or of a full build."""
    reads = [
        found
        for each in node.depends_on
        if (found := project.manifest.nodes.get(each) or project.manifest.sources_by_id.get(each))
    ]
    own = {"this": _Reference(node), "model": {"name": node.name}} if isinstance(node, Model) else {}
    schema = node.relation.schema if isinstance(node, Model) else ""
    return {
        "ref": _ref([each for each in reads if isinstance(each, Model)]),
        "source": _source([each for each in reads if isinstance(each, Source)]),
        "var": _given("var", project.variables.get(node.package, {})),
        "env_var": _given("env_var", {}),
        "config": lambda *_, **__: "",
        "is_incremental": lambda: is_incremental,
        "flags": {"WHICH": "run", "FULL_REFRESH": not is_incremental},
        "log": lambda *_, **__: "",
        "range": _range,
        "target": {"type": "postgres", "schema": schema, "name": "prod"},
        "execute": True,
        "api": {"Column": {"translate_type": lambda kind: _TYPES.get(str(kind).lower(), kind)}},
        "true": True,
        "false": False,
        "none": None,
        **own,
    }


def _ref(models: list[Model]) -> Callable[..., _Reference]:
    def ref(*names: str, **version: object) -> _Reference:
        found = [each for each in models if _is_meant(each, names, version)]
        if len(found) > 1 and not version:
            found = [each for each in found if each.version == each.latest_version]
        if len(found) != 1:
            raise Refused(f"`ref('{names[-1] if names else ''}')`")
        return _Reference(found[0])

    return ref


def _source(sources: list[Source]) -> Callable[[str, str], _Reference]:
    def source(owner: str, name: str) -> _Reference:
        for each in sources:
            if (each.source, each.name) == (owner, name):
                return _Reference(each)
        raise Refused(f"`source('{owner}', '{name}')`")

    return source


def _given(function: str, values: Mapping[str, Any]) -> Callable[..., object]:
    """`var` and `env_var`: a value that is known, else the default."""

    def given(name: str, *default: object) -> object:
        if name in values:
            return values[name]
        if default:
            return default[0]
        raise Refused(f"`{function}('{name}')`")

    return given


def _range(*bounds: int) -> list[int]:
    found = range(*bounds)
    if len(found) > _MOST_NUMBERS:
        raise Refused(f"a `range` of {len(found):,} numbers")
    return list(found)


_MOST_NUMBERS: Final = 100_000
_TYPES: Final = {"string": "text", "timestamp": "timestamp without time zone", "float": "float", "integer": "integer"}


def _is_meant(node: Model, names: tuple[str, ...], version: Mapping[str, object]) -> bool:
    wanted = version.get("v", version.get("version"))
    is_version = wanted is None or node.version == str(wanted)
    return bool(names) and node.name == names[-1] and is_version and (len(names) == 1 or node.package == names[0])
