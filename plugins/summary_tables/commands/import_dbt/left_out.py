"""What a project says that no file here has a place for: said once for all that share it, so that nothing vanishes."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from summary_tables.commands.import_dbt.checks import name_of
from summary_tables.commands.import_dbt.exported import MARK, TYPES_MARK, exported_keys
from summary_tables.commands.import_dbt.plan import Plan
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import Column, DataTest, Model, Source
from summary_tables.text.english import counted, plural, quoted

_OWNER: Final = "owner"
_PERSONAL: Final = frozenset({"pii", "contains_pii", "is_pii"})
_MOST_NAMES: Final = 5
_NO_PLACE: Final = "no file here has a place for"
_OF_A_PART: Final = "a part of other queries here cannot say"
_AS_TABLES: Final = "import with `--views table` where it shall stay"

_Node = Model | Source | DataTest


def say_left_out(plan: Plan, remarks: Remarks, *, knows_database: bool) -> None:
    """One line for each kind of thing, with the names of all that have it.

    `knows_database`: the one of the models is that of a profile.
    """
    found: dict[tuple[str, str], list[_Node]] = {}
    for why, what, node in _left(plan):
        nodes = found.setdefault((why, what), [])
        if node not in nodes:
            nodes.append(node)
    for (why, what), nodes in found.items():
        views = any(isinstance(node, Model) and node.materialized == "view" for node in nodes)
        fix = _AS_TABLES if why == _OF_A_PART and views else ""
        remarks.add("", _path(nodes[0]), f"{why} {what} of {_listed(nodes)}", fix, level="info")
    _say_switched_off(plan.manifest, remarks)
    _say_databases(plan, remarks, knows_own=knows_database)
    for model in plan.manifest.models:
        if plan.fate(model.unique_id) == "inlined":
            _say_rights(model, remarks)


def _left(plan: Plan) -> Iterator[tuple[str, str, _Node]]:
    for model in plan.manifest.nodes.values():
        fate = plan.fate(model.unique_id)
        if fate == "inlined":
            yield from ((_OF_A_PART, what, model) for what in _of_part(model))
        elif fate == "table":
            yield from ((_NO_PLACE, what, model) for what in _of_table(model))
    for source in plan.manifest.sources:
        if source.package == plan.manifest.project:
            yield from ((_NO_PLACE, what, source) for what in _of_source(source))
    for test in plan.manifest.tests:
        yield from ((_NO_PLACE, what, test) for what in _of_test(test))


def _of_part(model: Model) -> Iterator[str]:
    if any(column.description.strip() for column in model.columns):
        yield "the descriptions of columns"
    if model.description.strip():
        yield "the description"
    yield from (f"the tag `{tag}`" for tag in model.tags)
    yield from _of_meta(model.meta, _OWNER)
    if model.owner:
        yield "the owner"
    if model.deprecation_date:
        yield "`deprecation_date`"
    if model.has_contract:
        yield "the contract"


def _of_table(model: Model) -> Iterator[str]:
    yield from _of_meta(model.meta, _OWNER)
    owners = model.meta.get(_OWNER)
    if isinstance(owners, list) and len(owners) > 1:
        yield "every owner but the first"
    yield from _of_columns(model.columns)
    if model.config.get("freshness"):
        yield "`freshness`"
    is_told = "on_schema_change" in model.written and exported_keys(model) is None
    if model.materialized == "incremental" and is_told:
        yield f"`on_schema_change: {model.config.get('on_schema_change')}`"


def _of_source(source: Source) -> Iterator[str]:
    yield from (f"the tag `{tag}`" for tag in source.tags)
    yield from _of_meta(source.meta, _OWNER)
    yield from _of_columns(source.columns)
    if (source.error_after or source.warn_after) and not source.loaded_at:
        yield "`freshness` without `loaded_at_field`"
    if source.error_after and source.warn_after and source.warn_after != source.error_after:
        yield "`warn_after` beside `error_after`"


def _of_columns(columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        yield from (f"the tag `{tag}` of columns" for tag in column.tags if tag != "pii")
        yield from (f"`meta.{key}` of columns" for key in column.meta if key not in _PERSONAL)


def _of_meta(meta: Any, known: str) -> Iterator[str]:
    yield from (f"`meta.{key}`" for key in meta if key not in (known, MARK, TYPES_MARK))


def _of_test(test: DataTest) -> Iterator[str]:
    if not test.enabled:
        return
    yield from (f"the tag `{tag}`" for tag in test.tags)
    if test.description.strip() and not name_of(test):
        yield "the description"
    yield from _of_meta(test.meta, "")
    if test.limit is not None:
        yield "`limit`"


def _listed(nodes: list[_Node]) -> str:
    names = [_name(node) for node in nodes[:_MOST_NAMES]]
    others = len(nodes) - len(names)
    kind = plural(len(nodes), "the test ", "the tests ") if isinstance(nodes[0], DataTest) else ""
    return f"{kind}{', '.join(f'`{name}`' for name in names)} and {others} more" if others else f"{kind}{quoted(names)}"


def _name(node: _Node) -> str:
    return f"{node.source}.{node.name}" if isinstance(node, Source) else node.name


def _path(node: _Node) -> str:
    return (node.patch_path if isinstance(node, Model) else "") or node.path


def _say_rights(model: Model, remarks: Remarks) -> None:
    """Who reads a view that is a part of other queries goes on reading the view, until somebody drops it."""
    if model.config.get("grants") and model.materialized == "view":
        message = f"`{model.name}` has `grants`, and is a part of other queries now: who reads it reads the old view"
        remarks.add(model.unique_id, model.path, message, "import with `--views table`, or give the rights on a table")


def _say_switched_off(manifest: Manifest, remarks: Remarks) -> None:
    kinds: dict[str, list[str]] = {}
    for unique_id in sorted(manifest.disabled):
        kind, _, rest = unique_id.partition(".")
        kinds.setdefault(kind, []).append(rest.rpartition(".")[2])
    for kind, names in kinds.items():
        if kind in ("model", "seed", "snapshot", "source"):
            some = ", ".join(f"`{name}`" for name in names[:_MOST_NAMES]) + (", ..." if names[_MOST_NAMES:] else "")
            message = f"{counted(len(names), kind)} switched off in dbt (`enabled: false`) left out: {some}"
            remarks.add("", "dbt_project.yml", message, level="info")


def _say_databases(plan: Plan, remarks: Remarks, *, knows_own: bool) -> None:
    """A query here names no database: it reads the one that it is connected to."""
    manifest = plan.manifest
    own = {node.relation.database.lower() for node in plan.tables if node.package == manifest.project}
    if len(own) != 1 or not next(iter(own)):
        return
    read = {node.unique_id: node for table in plan.tables for node in plan.tables_read(table)}
    others: dict[str, list[Model | Source]] = {}
    for node in read.values():
        if node.relation.database.lower() not in ("", *own):
            others.setdefault(node.relation.database, []).append(node)
    if not knows_own and len(others) == 1:
        return
    for database, nodes in sorted(others.items()):
        message = f"{_listed(list(nodes))} {plural(len(nodes), 'stands', 'stand')} in another database, `{database}`"
        fix = "queries here name a schema and a table of the warehouse's own database: bring the rows there"
        remarks.add(nodes[0].unique_id, nodes[0].path, message, fix, level="warning")
