"""Queries that differ by the target of the profile, or by values that are not here: what was taken is to be seen."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from summary_tables.commands.import_dbt.plan import Plan
from summary_tables.commands.import_dbt.project import DbtProject
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.dbt.records import Macro, Model
from summary_tables.text.english import plural, quoted

_TEMPLATE: Final = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_NAME: Final = re.compile(r"""\btarget\s*(?:\.\s*|\[\s*["']|\.get\(\s*["'])(?:profile_)?name\b""")
_COMMAND: Final = re.compile(r"\bflags\s*\.\s*WHICH\b|\binvocation_args_dict\b")
_CATALOG: Final = re.compile(r"\badapter\s*\.\s*(?:get_|check_|list_)")
_VALUES: Final = re.compile(r"\brun_query\s*\(|\bstatement\s*\(")
_MOST_NAMES: Final = 5
_CALLED: Final = re.compile(r"\b(\w+)\s*\(")
_OF_DBT: Final = frozenset({"dbt", "dbt_postgres", "dbt_redshift", "dbt_snowflake", "dbt_bigquery"})
_SEE: Final = "see that this is the target which builds what people read"


def say_targets(project: DbtProject, plan: Plan, remarks: Remarks) -> None:
    """Of each model here whose query asks what the target is called."""
    macros = {macro.name: macro for macro in project.manifest.macros.values() if macro.package not in _OF_DBT}
    of_catalog = list[Model]()
    for model in project.manifest.models:
        if plan.fate(model.unique_id) == "left":
            continue
        if _asks(model.raw_code, _NAME, macros, set()):
            _say(model, project, remarks)
        if not model.compiled_code:
            _say_defaults(model, project, remarks)
            continue
        if not project.as_run and _asks(model.raw_code, _COMMAND, macros, set()):
            _say_command(model, project, remarks)
        if _asks(model.raw_code, _VALUES, macros, set()):
            _say_values(model, remarks)
        elif _asks(model.raw_code, _CATALOG, macros, set()):
            of_catalog.append(model)
    if of_catalog:
        _say_catalog(of_catalog, remarks)


def _say_catalog(models: list[Model], remarks: Remarks) -> None:
    """What dbt found there became a part of the queries: nothing, where it had built nothing yet."""
    names = ", ".join(f"`{model.name}`" for model in models[:_MOST_NAMES])
    others = f" and {len(models) - _MOST_NAMES} more" if models[_MOST_NAMES:] else ""
    queries = plural(len(models), "query", "queries")
    message = f"dbt asked the warehouse which tables and columns it has for the {queries} of {names}{others}"
    fix = "see that it had built all that they read; if not, `dbt build` first, then import again"
    remarks.add(models[0].unique_id, models[0].path, message, fix)


def _say_values(model: Model, remarks: Remarks) -> None:
    """Each run of dbt asks anew; a file keeps what was found."""
    message = f"dbt asked the warehouse for a part of the query of `{model.name}`, which stays here as it was found"
    fix = "see what its macros ask for: where the answer changes with the rows, ask for it in the query itself"
    remarks.add(model.unique_id, model.path, message, fix)


def _say_command(model: Model, project: DbtProject, remarks: Remarks) -> None:
    command = "`dbt compile`" if project.is_compiled_here else "the last"
    message = (
        f"the query of `{model.name}` depends on the command that dbt runs (`flags.WHICH`), and is that of {command}"
    )
    fix = "run `dbt run` or `dbt build`, then import the target/manifest.json that it writes"
    remarks.add(model.unique_id, model.path, message, fix)


def _say(model: Model, project: DbtProject, remarks: Remarks) -> None:
    if not model.compiled_code:
        target, fix = "`prod`", "see that this is right; with dbt installed, `--target` names another"
    elif project.target:
        target, fix = f"`{project.target}`", f"{_SEE}; if not, import with another `--target`"
    else:
        target, fix = "the one with which dbt wrote the manifest", f"{_SEE}; if not, `dbt compile --target ...` first"
    message = f"the query of `{model.name}` depends on the name of the profile's target, and is that of {target}"
    remarks.add(model.unique_id, model.path, message, fix)


def _say_defaults(model: Model, project: DbtProject, remarks: Remarks) -> None:
    """Of values that dbt is given elsewhere, and that nobody knows here."""
    given = "env_var" if project.root else r"(?:env_)?var"
    pattern = re.compile(rf"""\b({given})\(\s*["'](\w+)["']\s*,""")
    asked = dict.fromkeys(call for template in _TEMPLATE.findall(model.raw_code) for call in pattern.findall(template))
    if asked:
        calls = quoted([f"{function}('{name}')" for function, name in asked])
        message = (
            f"the query of `{model.name}` has the {plural(len(asked), 'default')} of {calls}: what is set is not known"
        )
        fix = "see that this is right; with dbt installed, name the folder of the project in place of its manifest"
        remarks.add(model.unique_id, model.path, message, fix)


def _asks(code: str, pattern: re.Pattern[str], macros: Mapping[str, Macro], seen: set[str]) -> bool:
    """Whether a template in it does, or a macro that it calls."""
    templates = [found[0] for found in _TEMPLATE.finditer(code)]
    if any(pattern.search(template) for template in templates):
        return True
    return any(_asks(macros[name].sql, pattern, macros, seen) for name in _called(templates, macros, seen))


def _called(templates: list[str], macros: Mapping[str, Macro], seen: set[str]) -> Iterator[str]:
    for template in templates:
        for name in _CALLED.findall(template):
            if name in macros and name not in seen:
                seen.add(name)
                yield name
