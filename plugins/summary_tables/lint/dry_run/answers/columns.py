"""What the file says of the columns of the result, beside what the warehouse says."""

from collections.abc import Iterator

from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.dry_run.refusal import Refusal
from summary_tables.lint.dry_run.server import Server
from summary_tables.lint.facts.output_columns import main_columns
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding
from summary_tables.sql.type_names import short
from summary_tables.warehouse.columns.contract import ComparedColumn, compared


def findings(server: Server, file: TableFile, columns: tuple[Column, ...]) -> Iterator[Finding[YamlPath]]:
    """`columns` are those of `main_sql`; none while it is wrong."""
    declared = file.config.table.columns
    types: dict[str, str] = {}
    for place, column in enumerate(declared):
        answer = server.describe(server.session.sql.queries.name_types([column.type])) if column.type else ()
        if isinstance(answer, Refusal):
            message = f"the warehouse does not take the type `{column.type}`: {answer.message}"
            yield _finding("warehouse-type", ("columns", place, "type"), message)
        else:
            types |= dict.fromkeys((column.type,), answer[0].type) if answer else {}
    knows_names = not any(column.is_star for column in main_columns(file))
    rules = server.session.dialect.types
    for place, pair in enumerate(compared(rules, declared, columns, types) if declared and columns else ()):
        if pair.difference == "another type" and pair.declared and pair.declared.type in types:
            yield _another_type(place, pair)
        elif pair.difference and pair.difference != "another type" and not knows_names:
            yield _missing(place, pair) if pair.declared else _undeclared(pair)


def _another_type(place: int, pair: ComparedColumn) -> Finding[YamlPath]:
    found, written = (short(pair.found.type) if pair.found else ""), (pair.declared.type if pair.declared else "")
    message = f"`{pair.name}` is {written} here, and the query gives it as {found}"
    cast = f", or `CAST(... AS {written}) AS {pair.name}` in the query" if pair.change == "narrower" else ""
    fix = f"write `type: {found}`{cast}"
    return _finding("warehouse-type", ("columns", place, "type"), message, fix)


def _missing(place: int, pair: ComparedColumn) -> Finding[YamlPath]:
    message = f"`main_sql` gives no column `{pair.name}`"
    return _finding("warehouse-column", ("columns", place, "name"), message, "delete it here, or let the query give it")


def _undeclared(pair: ComparedColumn) -> Finding[YamlPath]:
    message = f"`columns` does not list `{pair.name}`, which the query gives"
    return _finding("warehouse-column", ("columns",), message, f"add `- name: {pair.name}` to `columns`")


def _finding(rule: str, path: tuple[str | int, ...], message: str, fix: str = "") -> Finding[YamlPath]:
    return Finding(place=path, level="error", message=message, fix=fix, rule=rule)
