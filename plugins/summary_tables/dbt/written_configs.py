"""What the files of a dbt project say of the configs of its models, in dbt's order: `dbt_project.yml`, YAML, SQL."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from summary_tables.dbt.not_understood import NotUnderstood, Refused
from summary_tables.dbt.own_macros import DISPATCHED, OWN_MACROS
from summary_tables.dbt.templates import arguments_of, rendered

Kind = Literal["models", "seeds", "snapshots"]
_WITHOUT_SIGN: Final = frozenset({"alias", "database", "enabled", "group", "materialized", "schema", "tags"})
"""What `dbt_project.yml` may say without `+`: other words are folders."""
_WORDS: Final[Mapping[str, Any]] = {"True": True, "true": True, "False": False, "false": False, "None": None, "": None}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What stands in the templates of configs. `variables` are those that a run is given, then the project's.

    `macros` has the text of each macro of the project, by its name.
    """

    project: str
    target: Mapping[str, str]
    variables: Mapping[str, Any] = field(default_factory=dict)
    macros: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[str, Any]:
        return {"target": dict(self.target), "var": self._var, "env_var": _env_var, "execute": False}

    def macro(self, called: str) -> str | None:
        owner, _, name = called.rpartition(".")
        own = OWN_MACROS.get(name) if owner in ("", "dbt") else None
        return self.macros.get(name, own) if owner in ("", self.project) else own

    def value(self, written: Any) -> Any:
        """What a value of a YAML file is; `NotUnderstood` where only dbt could say it."""
        if not isinstance(written, str) or "{" not in written:
            return written
        text = rendered(written, self.names, self.macro)
        return text if isinstance(text, NotUnderstood) else _WORDS.get(text.strip(), text)

    def _var(self, name: str, *default: object) -> object:
        if name in self.variables:
            return self.variables[name]
        if default:
            return default[0]
        raise Refused(f"`var('{name}')`")


def _env_var(name: str, *_default: object) -> object:
    """Here it is another than where the project runs."""
    raise Refused(f"`env_var('{name}')`")


def of_project_file(settings: Mapping[str, Any], kind: Kind, way: tuple[str, ...], scope: Scope) -> dict[str, Any]:
    """What `dbt_project.yml` says of a model; `way` is the project's name, the folders and the name of the model."""
    return merged(scope, *_levels(settings.get(kind), way))


def of_sql(code: str, scope: Scope) -> dict[str, Any]:
    """What the file of a model says by `config(...)`."""
    if "config" not in code:
        return {}
    return merged(scope, arguments_of("config", code, scope.names, scope.macro))


def of_python(code: str) -> dict[str, Any]:
    """What a model in Python says by `dbt.config(...)`, where dbt takes plain values alone."""
    try:
        calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    pairs = (pair for call in calls if ast.unparse(call.func) == "dbt.config" for pair in call.keywords)
    return {pair.arg: _constant(pair.value) for pair in pairs if pair.arg}


def _constant(value: ast.expr) -> Any:
    try:
        return ast.literal_eval(value)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return NotUnderstood(what=ast.unparse(value), line=value.lineno)


def merged(scope: Scope, *levels: Mapping[str, Any]) -> dict[str, Any]:
    """Later ones count more; tags come together."""
    found: dict[str, Any] = {}
    for level in levels:
        tags = [*_list(found.get("tags")), *_list(scope.value(level.get("tags")))]
        found |= {str(key): scope.value(value) for key, value in level.items() if key != "tags"}
        found |= {"tags": tags} if tags else {}
    return found


def _levels(tree: object, way: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    level = tree
    for step in (*way, None):
        if not isinstance(level, dict):
            return
        yield dict(_own(level))
        level = level.get(step)


def _own(level: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in level.items():
        name = str(key)
        if name.startswith("+") or (name in _WITHOUT_SIGN and not isinstance(value, dict)):
            yield name.removeprefix("+"), value


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def generated_name(macro: str, custom: Any, node: Mapping[str, Any], without: str, scope: Scope) -> str:
    """The schema or alias that the project's own macro makes of what a config says, or dbt's, which is `without`.

    Empty where only dbt could say it.
    """
    if isinstance(custom, NotUnderstood):
        return ""
    found = next((each for each in (macro, *(f"{each}{macro}" for each in DISPATCHED)) if each in scope.macros), None)
    if found is None:
        return without
    given = {"custom_name": custom, "given_node": {**node}}
    text = rendered(f"{{{{ {found}(custom_name, given_node) }}}}", {**scope.names, **given}, scope.macro)
    return "" if isinstance(text, NotUnderstood) else text.strip()
