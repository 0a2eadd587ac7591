"""The text of a query -> what the columns of its result are made of."""

from collections.abc import Mapping
from typing import Any

from summary_tables.sql.column_lineage.origins import ColumnsOf, NotKnown, NotToldError, QueryOrigins
from summary_tables.sql.column_lineage.reader import Reader, Written
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.dialects.postgres.parse_tree import Node
from summary_tables.sql.parser import MAX_CHARACTERS
from summary_tables.sql.parsers.clauses import length_of_name
from summary_tables.sql.parsers.postgres_tree import select_statement
from summary_tables.sql.templates import stand_ins


def query_origins(sql: str, dialect: Dialect, columns_of: ColumnsOf) -> QueryOrigins | NotKnown:
    """What the result of `sql`, in which `{schema}` and `{table}` are filled in, is made of.

    `columns_of` says which columns a table has. Never raises.
    """
    if len(sql) > MAX_CHARACTERS:
        return NotKnown("the query is too long to be looked into")
    text = stand_ins.told_apart(sql)
    if text is None or stand_ins.may_become_more(sql, dialect):
        return NotKnown("only a run knows what its `{% ... %}` and `{{ ... }}` make of the SQL")
    readable = dialect.grammar.readable(text)
    if readable != text:
        return NotKnown(f"the query is written in words that only {dialect.title} has")
    try:
        select = select_statement(text)
    except (ImportError, OSError):
        return NotKnown("PostgreSQL's grammar is not installed")
    except RecursionError:
        return NotKnown("the query is nested too deep")
    if select is None:
        return NotKnown("the query cannot be read")
    places = _Places(sql, text)
    written = Written(table=places.table, is_filled_in=places.is_filled_in)
    body = _folded(select) if dialect.lexical.folds_quoted_names else select
    return Reader(dialect, columns_of, written).query(body)


class _Places:
    """Where names stand in the text, in which a run may fill in some."""

    def __init__(self, sql: str, text: str) -> None:
        self._sql = sql
        self._text = text
        self._raw = b"" if text.isascii() else text.encode("utf-8", "replace")
        self._gives_names = "{%" in sql

    def table(self, body: Node) -> str:
        written = self._written(body)
        return written if "{{" in written else f"{body.get('schemaname', '')}.{body['relname']}".removeprefix(".")

    def is_filled_in(self, body: Node) -> bool:
        """Dates and numbers are; what `{% set %}` has made may be a name."""
        written = self._written(body)
        if "{{" not in written:
            return False
        if self._gives_names or len(names_in(body["fields"])) > 1 or not written.startswith("{{"):
            raise NotToldError("only a run knows the name of a column")
        return True

    def _written(self, body: Node) -> str:
        place = body.get("location", 0)
        offset = len(self._raw[:place].decode("utf-8", "ignore")) if self._raw else place
        return self._sql[offset : offset + length_of_name(self._text, offset)]


_NAMES = frozenset({"aliasname", "colname", "ctename", "name", "refname", "relname", "schemaname"})


def _folded(node: Any) -> Any:
    """The tree with all names in small letters."""
    if isinstance(node, list):
        return list(map(_folded, node))
    if not isinstance(node, Mapping):
        return node
    return {key: _folded_value(key, value) for key, value in node.items()}


def _folded_value(key: str, value: Any) -> Any:
    if key in _NAMES and isinstance(value, str):
        return value.lower()
    if key == "String":
        return {"sval": value.get("sval", "").lower()}
    return _folded(value)
