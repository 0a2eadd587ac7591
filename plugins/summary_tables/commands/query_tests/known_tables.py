"""Tables whose columns are declared: the sample tables, known sources, and those whose own file has `columns`."""

from collections.abc import Iterable, Mapping
from contextlib import closing

from summary_tables.commands.query_tests.source_columns import Types
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.warehouse.session.driver import connect, of_database

_SAMPLE_DATABASE = "warehouse"
_COLUMNS = """
SELECT n.nspname || '.' || c.relname, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, a.attnum
"""


def sample_tables(address: str) -> Mapping[str, Types]:
    """The sample tables of the server at `address` by their full names.

    Raises LostConnectionError where it cannot be reached.
    """
    own = of_database(address, _SAMPLE_DATABASE)
    with closing(connect(own)) as connection:
        found: dict[str, dict[str, str]] = {}
        for table, column, kind in connection.execute(_COLUMNS):
            found.setdefault(table, {})[column] = kind
    return found


def source_tables(folders: Iterable[ConfigFolder]) -> Mapping[str, Types]:
    """The known sources of `folders` whose columns are told, by their full names.

    The server for tests has no types that somebody made: such a column counts as what the type is made of.
    """
    return {
        f"{schema}.{name}": {column.name: _plain_type(column.type, folder) for column in table.columns}
        for folder in folders
        for (schema, name), table in folder.sources.tables.items()
        if table.columns
    }


def _plain_type(written: str, folder: ConfigFolder) -> str:
    """Empty where the type is somebody's and nothing is known of it."""
    schema, _, name = written.rpartition(".")
    found = folder.sources.types.get((schema, name))
    if found:
        return found.base or "text"
    return "" if schema not in ("", "pg_catalog") else written


def declared_tables(files: Iterable[TableFile]) -> Mapping[str, Types]:
    """The tables of `files` that have `columns`, by their full names. A type that a file leaves out is empty."""
    return {
        file.full_name: {column.name: column.type for column in file.config.table.columns}
        for file in files
        if file.config.table.columns
    }
