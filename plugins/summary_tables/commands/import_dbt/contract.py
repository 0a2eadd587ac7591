"""The constraints of a dbt contract -> checks."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from summary_tables.commands.import_dbt.checks import NEW_TABLE
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.dbt.records import Constraint, Model

_REFERENCE: Final = re.compile(r'\s*"?(?P<schema>\w+)"?\."?(?P<table>\w+)"?\s*\(\s*"?(?P<column>\w+)"?\s*\)\s*')


def checks_of_contract(model: Model, remarks: Remarks) -> Iterator[Mapping[str, Any]]:
    """What the warehouse would have refused, as checks; only of a contract that dbt enforces."""
    if not model.has_contract:
        return
    for column in model.columns:
        for constraint in column.constraints:
            yield from _checks(model, constraint, (column.name,), remarks)
    for constraint in model.constraints:
        yield from _checks(model, constraint, constraint.columns, remarks)


def _checks(
    model: Model, constraint: Constraint, columns: tuple[str, ...], remarks: Remarks
) -> Iterator[Mapping[str, Any]]:
    names = columns[0] if len(columns) == 1 else list(columns)
    match constraint.kind:
        case "not_null" if columns:
            yield {"not_null": names}
        case "unique" if columns:
            yield {"unique": names}
        case "primary_key" if columns:
            yield {"not_null": names}
            yield {"unique": names}
        case "check" if constraint.expression:
            rows = f"SELECT *\nFROM {NEW_TABLE}\nWHERE NOT ({constraint.expression})\n"
            yield {"no_rows": rows, **({"name": constraint.name[:80]} if constraint.name else {})}
        case "foreign_key" if found := _REFERENCE.fullmatch(constraint.expression.lower()):
            other = f"{found['schema']}.{found['table']}"
            yield {"relationships": {"column": columns[0], "to": other, "to_column": found["column"]}}
        case _:
            written = f"{constraint.kind} {constraint.expression}".strip()
            message = f"the constraint `{written}` of `{model.name}` is none that is known here"
            remarks.add(model.unique_id, model.patch_path or model.path, message, "write it as a check `no_rows`")
