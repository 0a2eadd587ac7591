"""A test expects columns that `main_sql` gives, the same ones in each row.

PASS: `expect: [{date: "2026-01-01", nps: 0}]` with `SELECT LEFT(created_at, 10) AS date, ... AS nps`
FAIL: `expect: [{day: "2026-01-01", nps: 0}]` there; a second row without `nps`
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.facts.output_columns import known_names
from summary_tables.lint.facts.query_tests import QueryTest, query_tests
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    tests = query_tests(file)
    names = tuple(known_names(file)) if tests else ()
    for index, test in enumerate(tests):
        path = ("tests", index, "expect")
        yield from _unknown_columns(file, path, test, names)
        yield from _uneven_rows(file, path, test)


RULE = Rule(check=check, level="error")


def _unknown_columns(
    file: TableFile, path: tuple[str | int, ...], test: QueryTest, names: Sequence[str]
) -> Iterator[Finding[Place]]:
    said: set[str] = set()
    for place, row in enumerate(test.expect if names else ()):
        for column in row:
            if column not in names and column not in said:
                said.add(column)
                near = nearest(column, names)
                yield Finding(
                    place=file.document.span_of_key((*path, place, column)),
                    message=f"`main_sql` gives no column `{column}`",
                    fix=f"write `{near}`" if near else f"its columns are {quoted(names)}",
                )


def _uneven_rows(file: TableFile, path: tuple[str | int, ...], test: QueryTest) -> Iterator[Finding[Place]]:
    wanted = list(dict.fromkeys(column for row in test.expect for column in row))
    if not wanted and test.expect:
        yield _finding(file, (*path, 0), "a row without columns expects nothing", "name the columns that matter")
        return
    for place, row in enumerate(test.expect):
        lacking = [column for column in wanted if column not in row]
        if lacking:
            message = f"this row has no {quoted(lacking)}, and another row of the test has"
            values = " and ".join(f"`{column}: null`" for column in lacking)
            yield _finding(file, (*path, place), message, f"add the value; where there must be none, write {values}")
            return


def _finding(file: TableFile, path: YamlPath, message: str, fix: str) -> Finding[Place]:
    return Finding(place=file.document.span_of_value(path), message=message, fix=fix)
