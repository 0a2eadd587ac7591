"""Each table that `main_sql` reads is looked at by an input check.

So nothing is built of an empty one.

Tables that files of this folder build have output checks of their own.

PASS: an input check `SELECT COUNT(1) FROM raw_data.nps` where `main_sql` reads `raw_data.nps`
FAIL: no such check there
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.source_tables import Source, by_name, main_sources, named_sources, sources
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.query import Query
from summary_tables.text.english import listed
from summary_tables.text.spelling import nearest_table


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    checks = tuple(file.check_queries("input_check"))
    if not all(isinstance(query.parsed, Query) for query in checks):
        return
    read = main_sources(file)
    meant = _meant_tables((*sources(file, checks), *named_sources(file, "input_check")), read)
    # Of a table without schema `table_without_schema` speaks: until it has one, a check may look at another table.
    unchecked = by_name(
        source
        for source in read
        if source.read.schema and source.name not in meant and not _is_built_here(source, folder)
    )
    if unchecked:
        yield _finding([places[0] for places in unchecked.values()], _where_to_add(file))


RULE = Rule(check=check, level="info", needs="folder")


def _where_to_add(file: TableFile) -> str:
    if file.config.table.input_check:
        return "add to `input_check`:"
    written = file.document.source_of_value(("input_check",)) if "input_check" in file.data else ""
    return f"write in place of `input_check: {written}`\ninput_check:" if written else "add\ninput_check:"


def _is_built_here(source: Source, folder: ConfigFolder) -> bool:
    return source.name in folder.by_name or source.read.name in folder.unreadable


def _meant_tables(looked_at: Sequence[Source], read: Sequence[Source]) -> set[str]:
    """Those of `read` at which checks look, or would if their names were not misspelt: see `input_check_source`."""
    names = {source.name for source in read}
    same = {source.name for source in read if any(source.is_same_table(other) for other in looked_at)}
    return same | {nearest_table(source.name, sorted(names)) or "" for source in looked_at if source.name not in names}


def _finding(unchecked: Sequence[Source], where: str) -> Finding[Place]:
    lines = [f"  - sql: SELECT COUNT(1) FROM {source.written}\n    count: 1" for source in unchecked]
    names = listed([source.name for source in unchecked])
    return Finding(
        place=unchecked[0].place,
        message=f"no input check looks at {names}; if nothing is in there, the table is built all the same",
        fix="\n".join((where, *lines)),
    )
