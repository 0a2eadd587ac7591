"""How PostgreSQL splits SQL up.

The length of names is NAMEDATALEN - 1: https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS.
"""

from typing import Final

from summary_tables.sql.tokens.lexical import Lexical

LEXICAL: Final = Lexical(backslash_escapes=False, hash_names=False, folds_quoted_names=False, longest_name=63)
