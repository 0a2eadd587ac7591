"""The rules beyond the schema. To add one: a module here, its test and a case, and a line below.

The order is that of the messages on one place of a file.
"""

from summary_tables.rules import (
    after,
    after_cycle,
    ambiguous_value,
    cron,
    curly_quote,
    current_date,
    date_quotes,
    day_or_weekday,
    duplicate_column,
    file_name,
    frequent_schedule,
    hidden_sql,
    idle_check,
    impossible_check,
    input_check_source,
    invisible_character,
    layout,
    limit_without_order,
    long_dash,
    lost_comment,
    missing_after,
    missing_column_name,
    modeline,
    null_comparison,
    one_row,
    one_value,
    output_check_source,
    output_check_target,
    owner,
    placeholder,
    query_too_long,
    reserved_word,
    select_only,
    select_star,
    self_read,
    sql_syntax,
    table_without_schema,
    target_schema,
    template,
    top_order_by,
    trailing_semicolon,
    unchecked_source,
    unknown_index_column,
    unnamed_column,
)
from summary_tables.rules.rule import Rule

BUILD_RULES: tuple[Rule, ...] = (file_name, target_schema, cron, hidden_sql, invisible_character, select_only, layout)
"""A file that breaks one of these gets no DAG."""

WAITING_RULES: tuple[Rule, ...] = (after, after_cycle)
"""A file that breaks one of these gets a DAG that would not start by itself."""

LINT_RULES: tuple[Rule, ...] = (
    curly_quote,
    long_dash,
    placeholder,
    template,
    date_quotes,
    sql_syntax,
    query_too_long,
    frequent_schedule,
    day_or_weekday,
    reserved_word,
    owner,
    self_read,
    missing_column_name,
    duplicate_column,
    unknown_index_column,
    one_value,
    idle_check,
    impossible_check,
    output_check_target,
    unnamed_column,
    select_star,
    table_without_schema,
    input_check_source,
    output_check_source,
    missing_after,
    current_date,
    null_comparison,
    limit_without_order,
    one_row,
    unchecked_source,
    top_order_by,
    trailing_semicolon,
    lost_comment,
    ambiguous_value,
    modeline,
)
"""What only lint says: the grammar of SQL, and what works and is wrong all the same."""

RULES: tuple[Rule, ...] = (*BUILD_RULES, *WAITING_RULES, *LINT_RULES)
