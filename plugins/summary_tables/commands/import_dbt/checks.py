"""A test of a dbt project -> an item of `input_check` or `output_check`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from summary_tables.commands.import_dbt.exported import (
    LONGEST_NAME,
    asked_by,
    counted_check,
    exported_keys,
    is_exported,
    own_name,
    own_query,
)
from summary_tables.commands.import_dbt.inlined import NoQuery, Queries, without_ephemeral
from summary_tables.commands.import_dbt.known_tests import NotSaid, named_check
from summary_tables.commands.import_dbt.model_code import code_of_test, only_by_dbt
from summary_tables.commands.import_dbt.plan import relation_name
from summary_tables.commands.import_dbt.relations import is_plain, without_templates
from summary_tables.commands.import_dbt.template_names import relation_text
from summary_tables.commands.new.query_text import tidied
from summary_tables.dbt.not_understood import NotUnderstood
from summary_tables.dbt.records import DataTest, Model, Source
from summary_tables.model.problem import Level
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.parser import parse
from summary_tables.sql.query import Query
from summary_tables.sql.templates import stand_ins

NEW_TABLE: Final = "{schema}.temp_{table}"
_IS_NAME: Final = re.compile(r"\w|[^\x00-\x7F]")
"""As the schema has it."""
_BOUND: Final = re.compile(r"\s*(?P<op>[<>]=?|!=|<>|==?)\s*(?P<count>\d+)\s*")
# dbt says when a test fails, a check when it holds.
_HOLDS: Final = {">": "le", ">=": "lt", "<": "ge", "<=": "gt", "!=": "eq", "<>": "eq", "=": "ne", "==": "ne"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoCheck:
    """Why a test did not become a check, and what to write by hand."""

    why: str
    fix: str = ""
    level: Level = "warning"


Item = Mapping[str, Any]


def checks_of(test: DataTest, node: Model | Source, queries: Queries) -> tuple[Item, ...] | NoCheck:
    """The checks that say what the test of `node` says: named ones where there is one, else its query."""
    is_plain = not test.condition and not _is_counted(test)
    found = _named(test, node, queries) if is_plain else None
    if isinstance(found, NotSaid):
        return NoCheck(why=found.why, fix=found.fix, level="info")
    if found is not None:
        return (_told(found, test, test.severity),)
    sql = _query(test, node, queries)
    if isinstance(sql, NoCheck):
        return sql
    if NEW_TABLE not in sql and _reads_nothing(sql, queries.dialect):
        return NoCheck(why="its query reads no table, so that it says the same in every run", level="info")
    if of_number := counted_check(sql) if test.is_singular else None:
        return (_told({**of_number, "name": _name(test)}, test, test.severity),)
    if not _is_counted(test):
        return (_told({"no_rows": sql, "name": _name(test)}, test, test.severity),)
    return _counted(test, sql)


def _reads_nothing(sql: str, dialect: Dialect) -> bool:
    text = stand_ins.filled(sql)
    parsed = parse(text, dialect) if text else None
    return isinstance(parsed, Query) and parsed.is_constant


def _named(test: DataTest, node: Model | Source, queries: Queries) -> Item | NotSaid | None:
    """Of a view that only gives other names, the check of its table."""
    fate = queries.plan.fate(node.unique_id)
    if fate == "left" and not is_plain(relation_name(node)):
        return None
    if fate != "inlined":
        return named_check(test, queries)
    found = queries.renames(node) if isinstance(node, Model) else None
    if found is None or test.column not in found.columns:
        return None
    check = named_check(replace(test, column=found.columns[test.column]), queries)
    return {**check, "table": found.table} if isinstance(check, dict) else None


def _is_counted(test: DataTest) -> bool:
    """What is compared is something else than whether any row is wrong."""
    return test.fail_calc != "count(*)" or not {test.warn_if, test.error_if} <= {"!= 0", ">0", "> 0", ">= 1", ">=1"}


def _counted(test: DataTest, sql: str) -> tuple[Item, ...] | NoCheck:
    counted = f"SELECT {test.fail_calc} FROM (\n{sql.rstrip()}\n) AS wrong\n"
    items = []
    bounds = {"error": test.error_if, "warn": test.warn_if} if test.severity == "error" else {"warn": test.warn_if}
    for severity, bound in bounds.items():
        found = _BOUND.fullmatch(bound)
        if found is None:
            return NoCheck(why=f"`{bound}` cannot be read", fix="write the check by hand, as `sql`, `op` and `count`")
        if severity == "warn" and len(bounds) > 1 and test.warn_if == test.error_if:
            continue
        if test.fail_calc == "count(*)" and re.fullmatch(r"\s*<\s*0\s*", bound):
            continue  # No number of rows is less than none.
        held = {"sql": counted, "op": _HOLDS[found["op"]], "count": int(found["count"])}
        ending = " (warning)" if severity == "warn" else ""
        name = f"{_name(test)[: LONGEST_NAME - len(ending)].rstrip()}{ending}"
        items.append(_told({**held, "name": name}, test, severity))
    return tuple(items)


def _told(item: Item, test: DataTest, severity: str) -> Item:
    """The item with what the test says of how it is told."""
    name = name_of(test)
    kept = exported_keys(test) or {}
    return {
        **item,
        **({"name": name} if name and "name" not in item else {}),
        **({"severity": "warn"} if severity == "warn" else {}),
        **({"samples": False} if kept.get("samples") is False else {}),
    }


def name_of(test: DataTest) -> str:
    """The test's description where there is room for it in a check's name, else nothing."""
    words = re.sub(r"\s+", " ", test.description).strip()
    return words if len(words) <= LONGEST_NAME and _IS_NAME.search(words) else ""


def _name(test: DataTest) -> str:
    """What the check is called: as a person, else as dbt calls the test, as far as there is room for it."""
    if known := (test.is_singular and own_name(test.raw_code)) or name_of(test):
        return known
    name = re.sub(r"\s+", " ", test.name.replace("_", " ")).strip() if len(test.name) <= LONGEST_NAME else ""
    return name or f"{test.kind or test.name} {test.column}".replace("_", " ").strip()[:LONGEST_NAME]


def _query(test: DataTest, node: Model | Source, queries: Queries) -> str | NoCheck:
    """The rows that are wrong, of the new table."""
    if is_exported(test, queries.project.manifest):
        return _exported_query(test, node, queries)
    raw = _simple_query(test, node) or code_of_test(test, queries.project)
    if isinstance(raw, NotUnderstood):
        return _no_query(test.name, raw.what, queries)
    manifest = queries.project.manifest
    readers = tuple(each for unique_id in test.depends_on if (each := manifest.nodes.get(unique_id)))
    own = {relation_text(each): relation_name(each) for each in _sources(test, queries)}
    own |= {relation_text(node): NEW_TABLE} if isinstance(node, Model) and _has_file(node, queries) else {}
    sql = queries.complete(
        without_templates(without_ephemeral(tidied(raw, queries.dialect), queries.dialect), queries.dialect),
        _as_readers(readers, test),
        own,
    )
    if isinstance(sql, NoQuery):
        return _no_query(sql.model.name, sql.reason.what, queries)
    return f"{sql.rstrip()}\n"


def _exported_query(test: DataTest, node: Model | Source, queries: Queries) -> str:
    manifest = queries.project.manifest
    reads = (manifest.nodes.get(each) or manifest.sources_by_id.get(each) for each in test.depends_on)
    is_own = isinstance(node, Model) and _has_file(node, queries) and not asked_by(test, "input_check")
    own = {f"ref('{node.name}')": NEW_TABLE} if is_own else {}
    return own_query(test.raw_code, tuple(each for each in reads if each), own)


def _no_query(name: str, what: str, queries: Queries) -> NoCheck:
    why, fix = only_by_dbt(name, queries.project)
    return NoCheck(why=f"`{name}` needs {what}, {why}", fix=f"{fix}; else write the check by hand")


def _has_file(node: Model, queries: Queries) -> bool:
    return queries.plan.fate(node.unique_id) == "table"


def _sources(test: DataTest, queries: Queries) -> tuple[Source, ...]:
    found = (queries.project.manifest.sources_by_id.get(unique_id) for unique_id in test.depends_on)
    return tuple(each for each in found if each)


def _as_readers(read: tuple[Model, ...], test: DataTest) -> tuple[Model, ...]:
    """A test reads its models as a model would: something that depends on them."""
    return (replace(read[0], unique_id=test.unique_id, depends_on=test.depends_on), *read) if read else ()


def _simple_query(test: DataTest, node: Model | Source) -> str:
    """The rows that dbt's own tests find, in fewer words than dbt's; empty for another test."""
    column, condition = test.column, f"({test.condition}) AND " if test.condition else ""
    if test.namespace or not column:
        return ""
    relation = relation_text(node)
    if test.kind == "not_null":
        return f"SELECT *\nFROM {relation}\nWHERE {condition}{column} IS NULL"
    if test.kind == "unique":
        return (
            f"SELECT {column}, COUNT(*) AS row_count\nFROM {relation}\nWHERE {condition}{column} IS NOT NULL\n"
            f"GROUP BY {column}\nHAVING COUNT(*) > 1"
        )
    if test.kind == "accepted_values" and isinstance(values := test.arguments.get("values"), list):
        quotes = test.arguments.get("quote") is not False
        listed = ", ".join(f"'{value}'" if quotes else str(value) for value in values)
        return f"SELECT *\nFROM {relation}\nWHERE {condition}{column} NOT IN ({listed})"
    return ""
