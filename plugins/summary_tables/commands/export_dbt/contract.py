"""Whether dbt can promise the columns of a table by a contract, which also gives them their types."""

from collections.abc import Iterator, Sequence
from typing import Final

from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.configs.table_file import TableFile
from summary_tables.model.table import DeclaredColumn
from summary_tables.text.english import quoted

_OPEN: Final = frozenset({"numeric", "decimal", "dec", "varchar", "character varying", "char varying"})
"""Types that, without a size, allow any here: dbt would make columns without a size of them."""

_NO_CONTRACT: Final = "the model has none, and dbt does not look at the types of its columns"


def has_contract(columns: Sequence[DeclaredColumn]) -> bool:
    """All columns have types, and leave nothing open."""
    return bool(columns) and all(column.type for column in columns) and not _in_the_way(columns)


def contract_remarks(file: TableFile) -> Iterator[Remark]:
    """Why columns whose types are all said stand without a contract."""
    columns = file.config.table.columns
    if not columns or not all(column.type for column in columns):
        return
    names = _in_the_way(columns)
    if any('"' in name for name in names):
        message = "dbt cannot write a contract with a column that has a quote in its name"
        yield Remark(path=("columns",), message=f"{message}: {_NO_CONTRACT}")
    elif names:
        message = f"{quoted(names)} may have any size here, which a contract of dbt would take away: {_NO_CONTRACT}"
        fix = (
            "for one, write a size in the query and in `type`, such as `CAST(... AS numeric(12,2))` and "
            "`type: numeric(12,2)`"
        )
        yield Remark(path=("columns",), message=message, fix=fix)


def _in_the_way(columns: Sequence[DeclaredColumn]) -> list[str]:
    return [each.name for each in columns if '"' in each.name or _is_open(each.type)]


def _is_open(written: str) -> bool:
    return " ".join(written.lower().removesuffix("[]").split()) in _OPEN
