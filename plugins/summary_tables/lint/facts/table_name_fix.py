"""What to write where a file names a table that is called otherwise."""

from summary_tables.sql.quoting import is_plain


def table_name_fix(table: str, where: str = "") -> str:
    """`table` is the full name that was meant. `after` takes no name that SQL has to write in quotes."""
    if is_plain(table):
        return f"write `{table}`{where}"
    return f"give {table} in dbt a name of small letters, digits and _"
