"""A seed of a dbt project -> the CSV file beside the configs, and the keys that say what its cells are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from summary_tables.commands.import_dbt.columns import is_personal, plain_type
from summary_tables.commands.import_dbt.project import DbtProject, file_of
from summary_tables.commands.import_dbt.relations import is_quoted, unquoted
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.commands.import_dbt.seed_cells import SeedCells, seed_cells
from summary_tables.commands.new.from_csv import CsvDraft, draft_from_csv
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.nodes import mapping
from summary_tables.dbt.records import Model
from summary_tables.model.row_source import Separator
from summary_tables.sql.dialect import Dialect
from summary_tables.text.english import counted, quoted

SEEDS_FOLDER: Final = "seeds"
_MOST_BYTES: Final = 63
_LIKE_POSTGRES: Final = frozenset({"", "postgres", "redshift"})
_SEPARATORS: Final[Mapping[str, Separator]] = {",": ",", ";": ";", "|": "|", "\t": "tab"}


@dataclass(frozen=True, kw_only=True)
class Seed:
    """`text` is written to `path`. `csv` and `columns` are the values of these keys."""

    text: str
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
        copied = f"copy the file to {target}, then `summary-tables new --from-csv {target}`"
        fix = copied if project.root else f"name the project's folder, and not its manifest; or {copied}"
        remarks.add(model.unique_id, model.path, message, fix, level="error")
        return None
    separator = _SEPARATORS.get(str(model.config.get("delimiter") or ","))
    found = _draft(file)
    if isinstance(found, str) or separator is None:
        why, fix = f"its cells are separated by `{model.config.get('delimiter')}`", "write it as CSV with commas"
        if isinstance(found, str):
            why, fix = found, "mend that in the file, or let dbt go on loading it"
        message = f"the CSV file of the seed `{model.name}` cannot be taken over: {why}"
        remarks.add(model.unique_id, model.path, message, fix, level="error")
        return None
    csv = {"file": f"{SEEDS_FOLDER}/{file.name}", **({"separator": separator} if separator != "," else {})}
    told = dict(_told(model, found, dialect, remarks))
    cells = _cells(file, model, told, project.manifest, dialect)
    _say_rewritten(model, cells, remarks)
    if cells.empty_rows:
        rows = counted(cells.empty_rows, "row")
        message = f"{rows} of the seed `{model.name}` without any value: dbt loads such, and they are left out here"
        remarks.add(model.unique_id, model.path, message, "give each row a value, or delete it")
    columns = tuple(_columns(model, found, told, cells))
    return Seed(text=cells.text, path=folder / SEEDS_FOLDER / file.name, csv=csv, columns=columns)


def _cells(file: Path, model: Model, told: Mapping[str, str], manifest: Manifest, dialect: Dialect) -> SeedCells:
    full = {header: dialect.types.full_name(kind) or "" for header, kind in told.items()}
    return seed_cells(
        file.read_bytes().decode("utf-8-sig"),
        str(model.config.get("delimiter") or ","),
        full,
        is_postgres=manifest.adapter in _LIKE_POSTGRES,
    )


def _say_rewritten(model: Model, cells: SeedCells, remarks: Remarks) -> None:
    if cells.rewritten:
        first = cells.rewritten[0]
        example = f"`{first.before}` as `{first.after}`" if first.after else f"`{first.before}` as an empty cell"
        columns = quoted([each.header for each in cells.rewritten])
        message = f"cells of {columns} of the seed `{model.name}` are written as dbt loads them, such as {example}"
        remarks.add(model.unique_id, model.path, message, level="info")


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


def _name(model: Model, draft_name: str, header: str) -> str:
    """dbt quotes the names, unless it is told not to: then a header may have the quotes itself."""
    name = header
    if model.config.get("quote_columns") is False:
        name = unquoted(header) if is_quoted(header) else header.lower()
    return name if _can_be_named(name) else draft_name


def _told(model: Model, draft: CsvDraft, dialect: Dialect, remarks: Remarks) -> Iterator[tuple[str, str]]:
    """By header, the types that dbt was told. What properties say of a column's type is nothing to it."""
    told = {str(name).lower(): str(kind) for name, kind in mapping(model.config.get("column_types")).items()}
    for column in draft.columns:
        header = column.header.strip()
        kind = plain_type(told.get(header.lower(), ""))
        if kind and not dialect.types.full_name(kind):
            of = f"`{kind}`, the type of `{model.name}.{header}`"
            message = f"{of}, is none that {dialect.title} has; here it is what the cells are"
            remarks.add(model.unique_id, model.path, message, "see its `type` in `columns`")
        elif kind:
            yield header, kind


def _columns(model: Model, draft: CsvDraft, told: Mapping[str, str], cells: SeedCells) -> Iterator[Mapping[str, Any]]:
    described = {column.name.lower(): column for column in model.columns}
    for column in draft.columns:
        header = column.header.strip()
        name = _name(model, column.name, header)
        known = described.get(name.lower())
        item: dict[str, Any] = {"name": name, "type": told.get(header) or cells.types.get(header, column.type)}
        item |= {"header": column.header} if column.header != name else {}
        item |= {"description": known.description.strip()} if known and known.description.strip() else {}
        item |= {"pii": True} if known and is_personal(known) else {}
        yield item
