"""How Redshift splits SQL up.

The length of names: https://docs.aws.amazon.com/redshift/latest/dg/r_names.html.
"""

from typing import Final

from summary_tables.sql.tokens.lexical import Lexical

LEXICAL: Final = Lexical(backslash_escapes=True, hash_names=True, folds_quoted_names=True, longest_name=127)
