"""What is said of a file whose keys or values are wrong, beyond that: mistakes in its schedule and in its SQL.

Only rules that judge what stands at one place are asked: what is missing may stand under the wrong key.
"""

from dataclasses import replace

from summary_tables.configs.config import from_data
from summary_tables.configs.folder import ConfigFolder, HiddenFile
from summary_tables.configs.schema.check import sound_data
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules import (
    cron,
    curly_quote,
    date_quotes,
    foreign_function,
    hidden_sql,
    invisible_character,
    long_dash,
    odd_sign,
    outside_effect,
    placeholder,
    select_only,
    sql_syntax,
    template,
)
from summary_tables.lint.rules.rule import Rule

RULES_OF_ONE_PLACE: tuple[Rule, ...] = (
    cron,
    hidden_sql,
    invisible_character,
    odd_sign,
    select_only,
    curly_quote,
    long_dash,
    placeholder,
    template,
    date_quotes,
    sql_syntax,
    foreign_function,
    outside_effect,
)


def partial_file(hidden: HiddenFile, folder: ConfigFolder) -> TableFile | None:
    """The file without the keys that are wrong; None where the others describe no table."""
    data = sound_data(hidden.document, "summary_table") if hidden.document else None
    if data is None or hidden.document is None:
        return None
    document = replace(hidden.document, data=data)
    return TableFile(config=from_data(data, folder.defaults or {}, hidden.path), document=document)
