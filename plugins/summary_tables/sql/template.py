"""SQL with `{schema}`, `{table}` and Jinja in it -> SQL of the same length that a parser can read."""

import re

SCHEMA_NAME = "_schema_"
TABLE_NAME = "_table_"
"""What stands for `{schema}` and `{table}`: identifiers of the same length, so that offsets stay what they are."""


def filled(sql: str) -> str:
    """`sql` with identifiers of the same length in place of `{schema}`, `{table}` and `{{ ... }}`."""
    return (
        re.sub(r"\{\{.*?\}\}", lambda piece: "x" * len(piece[0]), sql, flags=re.DOTALL)
        .replace("{schema}", SCHEMA_NAME)
        .replace("{table}", TABLE_NAME)
    )
