"""What a dbt project says of a model's columns -> `columns`, where all of them are known."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from summary_tables.checks import CHECK_KINDS
from summary_tables.commands.import_dbt.exported import exported_keys
from summary_tables.commands.import_dbt.relations import is_quoted, unquoted
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.dbt.records import Column, Model
from summary_tables.model.problem import Finding
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.parser import parse
from summary_tables.sql.templates import stand_ins
from summary_tables.text.english import plural, quoted

Item = Mapping[str, Any]
# What dbt's contracts translate for PostgreSQL, and what other warehouses call the same.
_ALIASES: Final = {
    "string": "text",
    "int64": "bigint",
    "float64": "double precision",
    "datetime": "timestamp",
    "number": "numeric",
}


def declared_columns(
    model: Model, sql: str, names: Collection[str] | None, dialect: Dialect, remarks: Remarks
) -> tuple[Item, ...] | None:
    """The items of `columns`, without checks; None where not all columns are known, which is said.

    `names` are those that the query `sql` gives, None where nobody knows.
    """
    known = {_name(column): column for column in model.columns}
    if not known and not (names and model.has_contract):
        return None
    if names is None and not _says_types(model):
        _say_unknown(model, sql, dialect, remarks)
        return None
    if unknown := [name for name in known if names is not None and name not in names]:
        are, columns = plural(len(unknown), "is", "are"), plural(len(unknown), "column")
        message = f"{quoted(unknown)} {are} described in dbt, but the query of `{model.name}` gives no such {columns}"
        remarks.add(model.unique_id, model.patch_path or model.path, message, level="info")
    listed = known if names is None else names
    return tuple(_item(name, known.get(name), model, dialect, remarks) for name in listed)


def _says_types(model: Model) -> bool:
    """Its types are those of its columns, and all columns are listed."""
    return model.has_contract or exported_keys(model) is not None


def _name(column: Column) -> str:
    return unquoted(column.name) if column.quoted or is_quoted(column.name) else column.name.lower()


def _item(name: str, column: Column | None, model: Model, dialect: Dialect, remarks: Remarks) -> Item:
    item: dict[str, Any] = {"name": name}
    if column is None:
        return item
    if column.data_type and _says_types(model):
        kind = plain_type(column.data_type)
        if dialect.types.full_name(kind) or exported_keys(model) is not None:
            item["type"] = kind
        else:
            message = f"`{column.data_type}`, the type of `{model.name}.{name}`, is none that {dialect.title} has"
            remarks.add(model.unique_id, model.patch_path or model.path, message, "write its `type` by hand")
    if column.description.strip():
        item["description"] = column.description.strip()
    if is_personal(column):
        item["pii"] = True
    return item


def plain_type(written: str) -> str:
    """As people write it here: `numeric(12,2)`."""
    return re.sub(r"\s*([(,])\s*", r"\1", _ALIASES.get(written.strip().lower(), written.strip()))


def is_personal(column: Column) -> bool:
    """Somebody marked it: `meta: {pii: true}`, `contains_pii`, or a tag `pii`."""
    marks = (column.meta.get(key) for key in ("pii", "contains_pii", "is_pii"))
    return any(mark is True or str(mark).lower() in ("true", "yes") for mark in marks) or "pii" in column.tags


def _say_unknown(model: Model, sql: str, dialect: Dialect, remarks: Remarks) -> None:
    described = [column for column in model.columns if column.description.strip() or is_personal(column)]
    if not described:
        return
    text = stand_ins.filled(sql)
    if text and isinstance(parse(text, dialect), Finding):
        why, fix = f", since {dialect.title} cannot read its query", "mend the query"
    else:
        why, fix = " without the warehouse (`SELECT *`)", "write the columns in place of `*`"
    message = f"which columns `{model.name}` has is not known{why}, and `columns` lists all"
    fix = f"{fix}; what dbt says of them stands as a comment in the file"
    remarks.add(model.unique_id, model.patch_path or model.path, message, fix)


def with_checks(columns: Sequence[Item], checks: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """`columns` with those of `checks` that are about one of them, and the other checks."""
    names = {column["name"] for column in columns}
    of_columns: dict[str, list[object]] = {}
    others = list[Item]()
    for check in checks:
        column, written = _of_column(check)
        if column in names:
            of_columns.setdefault(column, []).append(written)
        else:
            others.append(check)
    listed = (
        {**column, "checks": found} if (found := of_columns.get(column["name"])) else column for column in columns
    )
    return tuple(listed), tuple(others)


def _of_column(check: Item) -> tuple[str, object]:
    """The column that it is about, and how it is written below that; an empty name: it is about no one column."""
    kind = next((key for key in check if key in CHECK_KINDS), "")
    value, beside = check.get(kind), {key: inner for key, inner in check.items() if key != kind}
    if kind and CHECK_KINDS[kind].IS_COLUMNS and isinstance(value, str):
        return value, {kind: True, **beside} if beside else kind
    if isinstance(value, Mapping) and isinstance(value.get("column"), str):
        rest = {key: inner for key, inner in value.items() if key != "column"}
        return value["column"], {kind: rest or True, **beside} if rest or beside else kind
    return "", None
