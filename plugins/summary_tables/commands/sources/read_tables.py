"""The tables of others that the configs read: what known sources are about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.source_tables import Source, named_sources, sources
from summary_tables.model.source_table import TableKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTables:
    """`readers`: the full names of the summary tables that read a table of others, in their query or a check.

    `without_schema`: names of which nobody can say in which schema they stand, by the tables whose queries have them.
    """

    readers: Mapping[TableKey, tuple[str, ...]]
    without_schema: Mapping[str, tuple[str, ...]]


def read_tables(folder: ConfigFolder) -> ReadTables:
    """As far as the queries can be read."""
    readers: dict[TableKey, dict[str, None]] = {}
    without: dict[str, dict[str, None]] = {}
    for file in folder.files:
        for source in _of_others(file, folder):
            if source.read.schema:
                readers.setdefault((source.read.schema, source.read.name), {})[file.full_name] = None
            else:
                without.setdefault(source.read.name, {})[file.full_name] = None
    return ReadTables(
        readers={key: tuple(names) for key, names in readers.items()},
        without_schema={name: tuple(names) for name, names in without.items()},
    )


def _of_others(file: TableFile, folder: ConfigFolder) -> Iterator[Source]:
    table = file.config.table
    fresh = (table.schema, f"temp_{table.table}")
    for source in (
        *sources(file, file.queries()),
        *named_sources(file, "input_check"),
        *named_sources(file, "output_check"),
    ):
        name = source.read.schema, source.read.name
        if not source.is_catalog and name != fresh and ".".join(name) not in folder.by_name and "{{" not in source.name:
            yield source
