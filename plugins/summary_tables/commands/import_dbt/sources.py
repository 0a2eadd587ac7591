"""The sources of a dbt project -> files of `sources/`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from summary_tables.commands.import_dbt.columns import plain_type
from summary_tables.commands.import_dbt.exported import MARK, TYPES_MARK
from summary_tables.commands.import_dbt.plan import Plan
from summary_tables.commands.import_dbt.relations import is_quoted, unquoted
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.config import SOURCES_FOLDER
from summary_tables.configs.sources import file_stem
from summary_tables.configs.yaml import edits
from summary_tables.configs.yaml.text import comment
from summary_tables.dbt.records import Column, Model, Source
from summary_tables.sql.dialect import Dialect

_MODELINE = "# yaml-language-server: $schema=../../schemas/sources.schema.json\n"


def source_files(plan: Plan, folder: Path, dialect: Dialect, remarks: Remarks) -> tuple[Draft, ...]:
    """One file a schema: what is known of the tables that others fill, snapshots among them."""
    by_schema: dict[str, list[Source | Model]] = {}
    read = {each.unique_id for table in plan.tables for each in plan.tables_read(table)}
    left = [
        each for each in plan.manifest.nodes.values() if each.unique_id in read and plan.fate(each.unique_id) == "left"
    ]
    built = {table.relation.full_name for table in plan.tables}
    known: list[Source | Model] = [*plan.manifest.sources, *left]
    for node in (each for each in known if each.relation.full_name not in built):
        if isinstance(node, Model) or node.unique_id in read or node.package == plan.manifest.project:
            by_schema.setdefault(node.relation.schema, []).append(node)
    return tuple(_file(schema, nodes, folder, dialect, remarks) for schema, nodes in sorted(by_schema.items()))


def _file(schema: str, nodes: Sequence[Source | Model], folder: Path, dialect: Dialect, remarks: Remarks) -> Draft:
    sources = [node for node in nodes if isinstance(node, Source)]
    words = next((node.source_description.strip() for node in sources if node.source_description.strip()), "")
    owners = {node.owner for node in sources}
    owner = owners.pop() if len(owners) == 1 else ""
    tables: dict[str, Mapping[str, Any]] = {}
    for node in sorted(nodes, key=lambda node: node.relation.table):
        tables.setdefault(node.relation.table, _table(node, owner, dialect, remarks))
    said: dict[str, Any] = {"schema": schema}
    said |= {"description": words} if words else {}
    said |= {"owner": owner} if owner else {}
    listed = _MODELINE + edits.mapping_lines({**said, "tables": list(tables.values())})
    left = "".join(_without_types(node, remarks) for node in nodes if "columns" not in tables[node.relation.table])
    listed += edits.mapping_lines({"types": types}) if (types := _types(sources)) else ""
    text = f"{listed}\n{left}" if left else listed
    return Draft(path=folder / SOURCES_FOLDER / f"{file_stem(schema)}.yaml", text=text)


def _without_types(node: Source | Model, remarks: Remarks) -> str:
    """What dbt says of columns, as a comment: `columns` wants the type of each."""
    described = [column for column in node.columns if column.description.strip()]
    if not described:
        return ""
    name = node.relation.full_name
    message = f"what dbt says of columns of `{name}` stands as a comment in its file, since not all have a `data_type`"
    remarks.add(node.unique_id, node.path, message, "write `columns` with the type of each", level="info")
    items = [{"name": column.name, "description": column.description.strip()} for column in described]
    lines = edits.mapping_lines({"columns": items}).splitlines()
    return comment((f"What dbt says of some of the columns of {name}:", *lines))


def _types(sources: Sequence[Source]) -> Sequence[Any]:
    """As `summary-tables export dbt` kept them."""
    return next((kept for node in sources if isinstance(kept := node.meta.get(TYPES_MARK), list)), ())


def _table(node: Source | Model, owner: str, dialect: Dialect, remarks: Remarks) -> Mapping[str, Any]:
    said: dict[str, Any] = {"name": node.relation.table}
    if node.description.strip():
        said["description"] = node.description.strip()
    if node.owner and node.owner != owner:
        said["owner"] = node.owner
    if isinstance(node, Source):
        kept = node.meta.get(MARK)
        said |= {"asset": kept["asset"]} if isinstance(kept, Mapping) and "asset" in kept else {}
        said |= _loaded_at(node, remarks)
    columns = [_column(column) for column in node.columns]
    # What the export wrote may have types that somebody made: it says which.
    is_exported = isinstance(node, Source) and bool(node.meta.keys() & {MARK, TYPES_MARK})
    if columns and all(
        column["type"] and (is_exported or dialect.types.full_name(column["type"])) for column in columns
    ):
        said["columns"] = columns
    return said


def _loaded_at(source: Source, remarks: Remarks) -> Mapping[str, Any]:
    age = source.error_after or source.warn_after
    if age is None or not source.loaded_at:
        return {}
    if not source.loaded_at.isidentifier() and not is_quoted(source.loaded_at):
        message = (
            f"`{source.loaded_at}` tells when `{source.source}.{source.name}` was loaded; `loaded_at` takes a column"
        )
        remarks.add(source.unique_id, source.path, message, "write a `freshness` check, or name a column")
        return {}
    hours = int(age.hours) if age.hours == int(age.hours) else round(age.hours, 3)
    return {"loaded_at": {"column": unquoted(source.loaded_at), "within_hours": hours}}


def _column(column: Column) -> Mapping[str, Any]:
    described = {"description": column.description.strip()} if column.description.strip() else {}
    return {"name": column.name, "type": plain_type(column.data_type), **described}
