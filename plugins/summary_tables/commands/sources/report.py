"""What differs between files of known sources and the warehouse, for people and for programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from summary_tables.commands.sources.breakage import Breakage, BrokenTable
from summary_tables.commands.sources.drift import Difference
from summary_tables.commands.sources.update import Updates
from summary_tables.configs.sources import file_stem
from summary_tables.model.source_table import StandingSources, TableKey
from summary_tables.sql.quoting import as_needed, qualified
from summary_tables.sql.quoting import identifier as quoted_identifier
from summary_tables.text.english import counted, listed, plural, quoted
from summary_tables.text.visible import escaped, visible_lines

_MOST_NAMES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that was found. `folder` is what people call the folder of the files; `readers`: who reads a table.

    `updates`: what is, or could be, written. `tables`: how many tables were compared.
    """

    folder: str
    tables: int
    differences: Sequence[tuple[Difference, Breakage]]
    updates: Updates
    standing: StandingSources
    readers: Mapping[TableKey, Sequence[str]]
    without_schema: Mapping[str, Sequence[str]]
    hidden: Sequence[str] = ()

    def broken(self) -> tuple[int, int]:
        """How many summary tables fail, and how many more may do so."""
        tables = [table for _, breakage in self.differences for table in breakage.tables]
        certain = {table.name for table in tables if table.is_certain}
        return len(certain), len({table.name for table in tables} - certain)


def text(found: Found, *, is_check: bool) -> str:
    """Ends with one line that says what it comes to."""
    lines = [*_differences(found), *_not_looked_at(found), *_written(found, is_check=is_check)]
    return visible_lines("\n".join([*lines, _verdict(found, is_check=is_check)])) + "\n"


def _differences(found: Found) -> Iterator[str]:
    for schema, of_schema in groupby(found.differences, key=lambda each: each[0].schema):
        yield f"{found.folder}/{file_stem(schema)}.yaml"
        for difference, breakage in of_schema:
            yield f"  {_sentence(difference, found)}"
            yield from (f"    {line}" for line in _breakage(breakage))


def _sentence(difference: Difference, found: Found) -> str:
    name, column, before, now = difference.name, difference.column, difference.before, difference.now
    match difference.kind:
        case "new table":
            columns = counted(len(found.standing.tables[difference.table].columns), "column")
            return f"{name}: {_read(found, difference)}in no file yet; the warehouse has it with {columns}"
        case "unknown columns":
            columns = counted(len(found.standing.tables[difference.table].columns), "column")
            return f"{name}: the file has no columns of it; the warehouse has {columns}"
        case "missing table":
            return f"{name}: {_read(found, difference)}not in the warehouse"
        case "closed table":
            role, to = found.standing.role, as_needed(found.standing.role)
            schema, table = quoted_identifier(difference.schema), qualified(difference.schema, name)
            grant = f"GRANT USAGE ON SCHEMA {schema} TO {to}; GRANT SELECT ON {table} TO {to};"
            return f"{name}: the role {role} may not read it; its owner can allow it: {grant}"
        case "new column":
            return f"{name}: the column `{column}` ({now}) is new"
        case "missing column":
            return f"{name}: the column `{column}` ({before}) is gone"
        case "renamed column":
            return f"{name}: the column `{column}` is gone, and `{now}` stands in its place: it seems to be renamed"
        case "retyped column":
            return f"{name}: the column `{column}` is {now} now; the file says {before}"
        case "wider column":
            return f"{name}: the column `{column}` is {now} now, which has room for more than {before}"
        case "new type":
            return f"the type {name} is in no file yet"
        case "changed type":
            return f"the type {name} is {now} now; the file says {before}"


def _read(found: Found, difference: Difference) -> str:
    readers = found.readers.get(difference.table, ())
    return f"read by {_names(readers)}, " if readers else ""


def _breakage(breakage: Breakage) -> Iterator[str]:
    for is_certain, words in ((True, "breaks"), (False, "may break")):
        tables = [table for table in breakage.tables if table.is_certain is is_certain]
        if tables:
            yield f"{words} {_names([_broken(table) for table in tables])}"
    if breakage.behind:
        yield f"then without new rows: {_names(breakage.behind)}"


def _broken(table: BrokenTable) -> str:
    return f"{table.name} (its {quoted(table.columns)})" if table.columns else table.name


def _names(names: Sequence[str]) -> str:
    return listed(names, _MOST_NAMES)


def _not_looked_at(found: Found) -> Iterator[str]:
    for name, readers in found.without_schema.items():
        reads = plural(len(readers), "reads", "read")
        yield f"Not looked at: {name}, which {_names(readers)} {reads} without a schema."
    for name in found.hidden:
        yield f"Not looked at: {name}, which has errors; run `summary-tables lint {name}`."


def _written(found: Found, *, is_check: bool) -> Iterator[str]:
    for alone in found.updates.left_alone:
        yield f"Not written: {alone.name}, as {alone.why}."
    for file in () if is_check else found.updates.files:
        yield f"Wrote {file.name}."


def _verdict(found: Found, *, is_check: bool) -> str:
    if not found.tables:
        example = "`summary-tables sources raw_data.orders --warehouse ADDRESS`"
        nothing = f"No table of others with its schema is read, and no file in {found.folder}/ has one"
        return f"{nothing}; to add one by name: {example}."
    if not found.differences:
        are = plural(found.tables, "is", "are")
        return f"{counted(found.tables, 'table')} {are} in {found.folder}/ as in the warehouse."
    certain, others = found.broken()
    words = [counted(len(found.differences), "difference")]
    if certain:
        words.append(f"{counted(certain, 'summary table')} {plural(certain, 'breaks', 'break')}")
    if others:
        words.append(f"{counted(others, 'summary table')} may break")
    if is_check and found.updates.files:
        words.append("without --check the files are brought up to date")
    return f"{'; '.join(words)}."


def json_text(found: Found, *, is_check: bool) -> str:
    """One document; the same whether something was written or not, but for `written`."""
    document = {
        "version": 1,
        "role": found.standing.role,
        "tables": found.tables,
        "differences": [_item(found, difference, breakage) for difference, breakage in found.differences],
        "files": [
            *({"file": file.name, "written": not is_check, "why": ""} for file in found.updates.files),
            *({"file": alone.name, "written": False, "why": alone.why} for alone in found.updates.left_alone),
        ],
        "without_schema": {name: list(readers) for name, readers in found.without_schema.items()},
        "with_errors": list(found.hidden),
    }
    return escaped(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _item(found: Found, difference: Difference, breakage: Breakage) -> dict[str, object]:
    return {
        "kind": difference.kind,
        "file": f"{found.folder}/{file_stem(difference.schema)}.yaml",
        "schema": difference.schema,
        "name": difference.name,
        "column": difference.column,
        "before": difference.before,
        "now": difference.now,
        "can_be_written": difference.is_written,
        "read_by": list(found.readers.get(difference.table, ())),
        "breaks": [
            {"table": table.name, "columns": list(table.columns), "certain": table.is_certain}
            for table in breakage.tables
        ],
        "without_new_rows": list(breakage.behind),
    }
