"""A seed of a dbt project -> the CSV file beside the configs, and the keys that say what its cells are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from summary_tables.commands.import_dbt.columns import is_personal, plain_type
from summary_tables.commands.import_dbt.project import DbtProject, file_of
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.commands.import_dbt.seed_types import kind_of_type, kinds_by_dbt
from summary_tables.commands.new.from_csv import CsvDraft, draft_from_csv
from summary_tables.dbt.records import Model
from summary_tables.model.row_source import Separator
from summary_tables.sql.dialect import Dialect

SEEDS_FOLDER: Final = "seeds"
_MOST_BYTES: Final = 63
_OF_NO_CELL: Final = "bigint"
"""dbt takes a column without a cell for whole numbers; queries compare it with such."""
_SEPARATORS: Final[Mapping[str, Separator]] = {",": ",", ";": ";", "|": "|", "\t": "tab"}


@dataclass(frozen=True, kw_only=True)
class Seed:
    """`file` is copied to `path`. `csv` and `columns` are the values of these keys."""

    file: Path
    path: Path
    csv: Mapping[str, Any]
    columns: tuple[Mapping[str, Any], ...]


def seed_of(model: Model, project: DbtProject, folder: Path, dialect: Dialect, remarks: Remarks) -> Seed | None:
    """What becomes of a seed; None where its file is not there or cannot be read, which is said."""
    is_here = all(_is_inside(part) for part in (model.path, model.package))
    file = file_of(model, project) if is_here else None
    target = f"{folder.name}/{SEEDS_FOLDER}/{Path(model.path).name}"
    if file is None:
        message = f"the CSV file of the seed `{model.name}` is not here: {model.path}"
        copied = f"copy the file to {target}, then `summary-tables new`"
        fix = copied if project.root else f"name the project's folder, and not its manifest; or {copied}"
        remarks.add(model.unique_id, model.path, message, fix, level="error")
        return None
    separator = _SEPARATORS.get(str(model.config.get("delimiter") or ","))
    found = _draft(file)
    if isinstance(found, str) or separator is None:
        why = found if isinstance(found, str) else f"its cells are separated by `{model.config.get('delimiter')}`"
        message = f"the CSV file of the seed `{model.name}` cannot be taken over: {why}"
        remarks.add(model.unique_id, model.path, message, "write it as CSV with commas", level="error")
        return None
    csv = {"file": f"{SEEDS_FOLDER}/{file.name}", **({"separator": separator} if separator != "," else {})}
    empty = {column.header for column in found.columns} - set(
        kinds_by_dbt(file, str(model.config.get("delimiter") or ","))
    )
    columns = tuple(_columns(model, found, empty, dialect, remarks))
    _say_other_kinds(model, file, columns, remarks)
    return Seed(file=file, path=folder / SEEDS_FOLDER / file.name, csv=csv, columns=columns)


def _say_other_kinds(model: Model, file: Path, columns: tuple[Mapping[str, Any], ...], remarks: Remarks) -> None:
    """Queries that were written for dbt's guess may fail on another, or find other rows."""
    by_dbt = kinds_by_dbt(file, str(model.config.get("delimiter") or ","))
    told = {str(name).lower() for name in dict(model.config.get("column_types") or {})}
    for column in columns:
        kind, has_null = by_dbt.get(str(column.get("header", column["name"])), (None, False))
        own = kind_of_type(column["type"])
        if kind and kind != own and column["name"].lower() not in told:
            message = f"`{column['name']}` of the seed `{model.name}` is {kind} to dbt, by its cells, and {own} here"
            remarks.add(model.unique_id, model.path, message, f"see that `type: {column['type']}` is right")
        elif has_null:
            message = f"cells of `{column['name']}` of the seed `{model.name}` say `null`, which is nothing to dbt"
            remarks.add(model.unique_id, model.path, message, "leave these cells empty in the CSV file")


def _draft(file: Path) -> CsvDraft | str:
    """As `summary-tables new` would see it beside the configs."""
    with TemporaryDirectory() as name:
        copy = Path(name) / file.name
        copy.write_bytes(file.read_bytes())
        found = draft_from_csv(Path(name), copy)
    return found.replace(str(copy), file.name) if isinstance(found, str) else found


def _can_be_named(name: str) -> bool:
    return 0 < len(name.encode()) <= _MOST_BYTES and name.isprintable() and not set(name) & set('{"')


def _is_inside(path: str) -> bool:
    """No file of anybody's else is copied, whatever the manifest says."""
    return not Path(path).is_absolute() and ".." not in Path(path).parts


def _columns(
    model: Model, draft: CsvDraft, empty: set[str], dialect: Dialect, remarks: Remarks
) -> Iterator[Mapping[str, Any]]:
    """Types are those that dbt was told, else guessed from the cells, as dbt guesses them. dbt quotes the names."""
    told = {str(name).lower(): str(kind) for name, kind in dict(model.config.get("column_types") or {}).items()}
    described = {column.name.lower(): column for column in model.columns}
    for column in draft.columns:
        name = column.header.strip()
        name = name.lower() if model.config.get("quote_columns") is False else name
        name = name if _can_be_named(name) else column.name
        known = described.get(name.lower())
        kind = plain_type(told.get(name.lower()) or (known.data_type if known else ""))
        if kind and not dialect.types.full_name(kind):
            message = f"`{kind}`, the type of `{model.name}.{name}`, is none that {dialect.title} has"
            remarks.add(model.unique_id, model.path, message, f"it is `{column.type}` here, by its cells")
            kind = ""
        item: dict[str, Any] = {"name": name, "type": kind or (_OF_NO_CELL if column.header in empty else column.type)}
        item |= {"header": column.header} if column.header != name else {}
        item |= {"description": known.description.strip()} if known and known.description.strip() else {}
        item |= {"pii": True} if known and is_personal(known) else {}
        yield item
