"""`columns` lists the columns that `main_sql` gives: all of them, each once, spelt as the warehouse spells them.

A run builds nothing where they differ, since those who read `columns` rely on it.

PASS: `columns: [{name: date}, {name: nps}]` with `SELECT LEFT(created_at, 10) AS date, AVG(score) AS nps ...`
FAIL: `columns: [{name: day}, {name: nps}]` there; `columns: [{name: date}]` there; `name: Date`
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import column_place, is_among, main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table_columns import UNNAMED
from summary_tables.sql.pitfalls.long_names import cut_name, too_long
from summary_tables.sql.query import OutputColumn
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    declared = [column.name for column in file.config.table.columns]
    if not declared:
        return
    yield from _twice(file, declared)
    given = main_columns(file)
    if given and not any(column.is_star for column in given):
        yield from _differences(file, declared, given)


RULE = Rule(check=check, level="error")


def _twice(file: TableFile, declared: Sequence[str]) -> Iterator[Finding[Place]]:
    for place, name in enumerate(declared):
        first = declared.index(name)
        if first != place:
            line = file.document.place_of_value(("columns", first, "name"))[0]
            yield Finding(
                place=file.document.span_of_value(("columns", place, "name")),
                message=f"`columns` has the column `{name}` twice: here and on line {line}",
                fix="delete one of the two",
            )


def _differences(file: TableFile, declared: Sequence[str], given: Sequence[OutputColumn]) -> Iterator[Finding[Place]]:
    names = [column.name for column in given]
    known = {UNNAMED, *declared, *(cut_name(name, file.dialect) for name in declared)}
    missing = [column for column in given if column.name not in known]
    meant: set[str] = set()
    for place, name in enumerate(declared):
        if name in names:
            continue
        if is_among(name, names, file):
            yield _cut(file, place, name)
            continue
        near = nearest(name, [column.name for column in missing if column.name not in meant])
        meant |= {near} if near else set()
        others = f"its columns are {quoted(names)}; delete it here, or let the query give it"
        yield Finding(
            place=file.document.span_of_value(("columns", place, "name")),
            message=f"`main_sql` gives no column `{name}`",
            fix=f"write `{near}`" if near else others,
        )
    for column in dict.fromkeys(missing):
        if column.name not in meant:
            yield Finding(
                place=column_place(file, file.main_query, column),
                message=f"`columns` does not list `{column.name}`, which the query gives here",
                fix=f"add `- name: {column.name}` to `columns`, or delete it here",
            )


def _cut(file: TableFile, place: int, name: str) -> Finding[Place]:
    return Finding(
        place=file.document.span_of_value(("columns", place, "name")),
        message=too_long(name, file.dialect),
        fix="choose a shorter one, here and everywhere else in this file",
    )
