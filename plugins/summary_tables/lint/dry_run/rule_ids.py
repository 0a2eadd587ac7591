"""The rules of the dry run: the ids that people see and ignore, and what each says."""

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    "warehouse-table": "a query reads a table, a view or a schema that the warehouse does not have",
    "warehouse-column": "a query uses a column that its tables do not have, or that several of them have, or gives "
    "other columns than `columns` lists",
    "warehouse-function": "a query calls a function that the warehouse does not have, or with arguments it cannot take",
    "warehouse-type": "values of types that do not go together are compared, combined or cast, or a column has another "
    "type than in `columns`",
    "warehouse-rights": "the role of the connection may not read what a query reads",
    "warehouse-role": "`grants` names a role that the warehouse does not have",
    "warehouse-query": "the warehouse does not take a query for another reason, or could not be asked about it",
    "warehouse-check": "the value that a check's query returns can never be compared with a number",
    "warehouse-live": "the table that stands in the warehouse now, and what publishing would do to it",
}

OF_KNOWN_SOURCES = frozenset(RULES) - {"warehouse-rights", "warehouse-role", "warehouse-live"}
"""What `lint.known_sources` finds without a warehouse, too."""
