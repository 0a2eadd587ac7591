"""A table is named with its schema.

Without it, who runs the query decides which table is meant.

PASS: `FROM raw_data.nps`
FAIL: `FROM nps`
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.source_tables import Source, by_name, sources
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import also_on_lines


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    unqualified = (source for source in sources(file, file.queries()) if _lacks_schema(source))
    for places in by_name(unqualified).values():
        yield _finding(places, folder)


RULE = Rule(check=check, level="warning", needs="folder")


def _lacks_schema(source: Source) -> bool:
    """`output_check_target` speaks of an output check that names this file's own table."""
    table = source.file.config.table.table
    own = source.query.role == "output_check" and source.read.name in (table, f"temp_{table}")
    return not (source.read.schema or source.is_catalog or own)


def _finding(places: Sequence[Source], folder: ConfigFolder) -> Finding[Place]:
    first = places[0]
    schemas = sorted(folder.schemas_of_tables.get(first.read.name, ()))
    return Finding(
        place=first.place,
        message=f"`{first.written}` has no schema, so the warehouse guesses which table is meant"
        + also_on_lines(source.place.line for source in places),
        fix=f"write {_qualified(first.written, schemas)}",
    )


def _qualified(name: str, schemas: Sequence[str]) -> str:
    if not schemas:
        return f"`schema.{name}` with the schema in which it stands"
    return " or ".join(f"`{schema}.{name}`" for schema in schemas)
