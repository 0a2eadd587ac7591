"""`{schema}` and `{table}` in SQL: replaced where they stand exactly so, since SQL and Jinja are full of braces."""

import re

FRESH_TABLE = re.compile(r"(?<!\{)\{schema\}\.temp_\{table\}(?!\})")
NAME = re.compile(r"(?<!\{)\{(schema|table)\}(?!\})")


def fill_names(sql: str, *, schema: str, table: str) -> str:
    """`sql` with `{schema}` and `{table}` filled in; `{{table}}` and `{other}` stay as they are."""
    names = {"schema": schema, "table": table}
    return NAME.sub(lambda found: names[found[1]], sql)


def fill_fresh_table(sql: str, fresh_table: str) -> str:
    """`sql` with `{schema}.temp_{table}` replaced by `fresh_table`, the quoted name of the version to be checked."""
    return FRESH_TABLE.sub(lambda _: fresh_table, sql)


def fill_earlier_builds(sql: str, relation: str) -> str:
    """`sql`, made by a check kind, with `{earlier_builds}` replaced. In queries of people it means nothing."""
    return sql.replace("{earlier_builds}", relation)


def fill_live_table(sql: str, relation: str) -> str:
    """The same for `{live_table}`."""
    return sql.replace("{live_table}", relation)
