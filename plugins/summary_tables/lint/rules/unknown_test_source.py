"""A test gives rows of tables that `main_sql` reads, called as the query calls them.

PASS: `given: {raw_data.nps: [{score: 10}]}` where `main_sql` reads `raw_data.nps`
FAIL: `given: {raw_data.npss: [{score: 10}]}` there: the query would find `raw_data.nps` empty
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.facts.query_tests import query_tests
from summary_tables.lint.facts.source_tables import by_name, main_sources
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.query import Query
from summary_tables.text.english import listed
from summary_tables.text.spelling import nearest_table


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    tests = query_tests(file)
    if not tests or not isinstance(file.main_query.parsed, Query):
        return
    names = tuple(by_name(main_sources(file)))
    if any("{{" in name for name in names):
        # Which tables these are is known when a test runs.
        return
    for index, test in enumerate(tests):
        named = [(("tests", index, key, name), name) for key in ("given", "types") for name in getattr(test, key)]
        yield from (_finding(file, path, name, names) for path, name in named if name not in names)


RULE = Rule(check=check, level="error")


def _finding(file: TableFile, path: YamlPath, name: str, names: Sequence[str]) -> Finding[Place]:
    near = nearest_table(name, names)
    if not names:
        fix = "delete it: the query reads no table"
    else:
        fix = f"write `{near}`" if near else f"it reads {listed(names)}"
    return Finding(
        place=file.document.span_of_key(path),
        message=f"`main_sql` reads no table that it calls `{name}`",
        fix=fix,
    )
