"""The rules beyond the schema. To add one: a module here, its test and a case, and a line below.

The order is that of the messages on one place of a file.
"""

from summary_tables.rules import after, after_cycle, file_name, hidden_sql, layout, select_only, target_schema
from summary_tables.rules.rule import Rule

BUILD_RULES: tuple[Rule, ...] = (file_name, target_schema, hidden_sql, select_only, layout)
"""A file that breaks one of these gets no DAG."""

WAITING_RULES: tuple[Rule, ...] = (after, after_cycle)
"""A file that breaks one of these gets a DAG that would not start by itself."""

LINT_RULES: tuple[Rule, ...] = ()
"""What only lint says: the grammar of SQL, and what works and is wrong all the same."""

RULES: tuple[Rule, ...] = (*BUILD_RULES, *WAITING_RULES, *LINT_RULES)
