"""The SQL of a model with every template filled in: of a full build, and of a run that adds rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from summary_tables.commands.import_dbt.project import DbtProject
from summary_tables.commands.import_dbt.template_names import relation_text, template_names
from summary_tables.dbt.not_understood import NotUnderstood
from summary_tables.dbt.records import DataTest, Model
from summary_tables.dbt.templates import rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """`increment` is empty where no run adds rows, or where only dbt knows what it is: `not_understood` says why."""

    whole: str
    increment: str = ""
    not_understood: NotUnderstood | None = None


def code_of(model: Model, project: DbtProject) -> Code | NotUnderstood:
    """What dbt compiled, else what can be understood of the raw SQL."""
    whole = _whole(model, project)
    if isinstance(whole, NotUnderstood):
        return whole
    if model.materialized != "incremental":
        return Code(whole=whole)
    increment = project.increments.get(model.unique_id) or _of_raw(model, project, model.raw_code, is_incremental=True)
    if isinstance(increment, NotUnderstood):
        return Code(whole=whole, not_understood=increment)
    return Code(whole=whole, increment=increment)


def _whole(model: Model, project: DbtProject) -> str | NotUnderstood:
    """What a full build runs. A manifest of others may have what a run that adds rows does, under the same name."""
    if model.materialized != "incremental" or project.is_compiled_here:
        return model.compiled_code or _of_raw(model, project, model.raw_code, is_incremental=False)
    found = _of_raw(model, project, model.raw_code, is_incremental=False)
    adds_rows = relation_text(model) in model.compiled_code
    return model.compiled_code if isinstance(found, NotUnderstood) and model.compiled_code and not adds_rows else found


def code_of_test(test: DataTest, project: DbtProject) -> str | NotUnderstood:
    """The query of a test, which finds what is wrong."""
    if test.compiled_code:
        return test.compiled_code
    if test.is_singular:
        return _of_raw(test, project, test.raw_code, is_incremental=False)
    found = _of_generic(test, project)
    return NotUnderstood(what=f"the test `{test.kind}`", line=0) if isinstance(found, NotUnderstood) else found


def _of_generic(test: DataTest, project: DbtProject) -> str | NotUnderstood:
    """The macro of the test, called as dbt calls it."""
    node = project.manifest.nodes.get(test.model) or project.manifest.sources_by_id.get(test.model)
    if node is None:
        return NotUnderstood(what=test.kind, line=0)
    model = relation_text(node)
    given = {
        "test_model": f"(select * from {model} where {test.condition}) dbt_subquery" if test.condition else model,
        **{f"test_{name}": value for name, value in test.arguments.items()},
    }
    given |= {"test_column_name": test.column} if test.column else {}
    is_read = {name: bool(_READ.fullmatch(value)) for name, value in given.items() if isinstance(value, str)}
    named = ", ".join(
        f"{name.removeprefix('test_')}={value if is_read.get(name) else name}" for name, value in given.items()
    )
    owner = f"{test.namespace}." if test.namespace else ""
    return _of_raw(test, project, f"{{{{ {owner}test_{test.kind}({named}) }}}}", is_incremental=False, more=given)


_READ: Final = re.compile(r"\s*(?:ref|source)\([^()]*\)\s*")


def only_by_dbt(name: str, project: DbtProject) -> tuple[str, str]:
    """Why there is no SQL of the model or test of that name, as the end of a sentence, and what to do."""
    if project.refused is None:
        return (
            "which only dbt can fill in",
            "import the project with dbt installed, or run `dbt compile --full-refresh` first",
        )
    said = project.refused.get(name, "")
    words = f"and dbt could not compile it: {said}" if said else "and dbt could not compile it"
    return words, "see that `dbt compile` works for it, with a profile that reaches the warehouse (--target)"


def _of_raw(
    node: Model | DataTest,
    project: DbtProject,
    code: str,
    *,
    is_incremental: bool,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> str | NotUnderstood:
    if isinstance(node, Model) and node.language != "sql":
        return NotUnderstood(what=f"a model in {node.language}", line=1)
    if isinstance(node, Model) and node.is_empty:
        return ""
    if not code:
        return NotUnderstood(what="SQL that the manifest does not have", line=0)
    names = template_names(node, project, is_incremental=is_incremental)
    return rendered(code, {**names, **more}, lambda called: _macro(called, node.package, project))


def _macro(called: str, package: str, project: DbtProject) -> str | None:
    """The text of the macro that a template calls so: of the package that it names, its own, the project or dbt."""
    owner, _, name = called.rpartition(".")
    packages = (owner,) if owner else (package, project.manifest.project, "dbt_postgres", "dbt")
    found = (project.manifest.macros.get(f"macro.{each}.{name}") for each in packages)
    return next((macro.sql for macro in found if macro), None)
