"""An input check looks at a table that `main_sql` reads.

PASS: a check of `raw_data.nps` where `main_sql` has `FROM raw_data.nps`
FAIL: a check of `raw_data.npss` there
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.source_tables import Source, by_name, main_sources, named_sources, sources
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest_table


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    read = main_sources(file)
    for query in file.check_queries("input_check") if read else ():
        looked_at = tuple(sources(file, (query,)))
        if looked_at and not any(_is_about(source, read) for source in looked_at):
            yield _finding(looked_at[0], read)
    for source in named_sources(file, "input_check") if read else ():
        if not _is_about(source, read):
            yield _finding(source, read)


RULE = Rule(check=check, level="warning", certain="warehouse-table")


def _is_about(source: Source, read: Sequence[Source]) -> bool:
    """The warehouse's own tables tell when others were filled; the live table is what the build replaces."""
    live = source.name == source.file.full_name
    return live or source.is_catalog or any(source.is_same_table(other) for other in read)


def _finding(source: Source, read: Sequence[Source]) -> Finding[Place]:
    written = {name: places[0].written for name, places in by_name(read).items()}
    near = nearest_table(source.name, tuple(written))
    return Finding(
        place=source.place,
        message=f"this check looks at {source.name}, which `main_sql` does not read",
        fix=f"write `{written[near]}`" if near else f"check what `main_sql` reads: {quoted(written.values())}",
    )
