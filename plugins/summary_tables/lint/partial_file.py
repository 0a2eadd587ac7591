"""What is said of a file whose keys or values are wrong, beyond that: mistakes in its schedule and in its SQL.

Only rules that judge what stands at one place are asked: what is missing may stand under the wrong key.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from summary_tables.configs.config import from_data
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schema.check import sound_data
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.lint import ignore_comments
from summary_tables.lint.build_check import broken_rules
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
from summary_tables.model.problem import Problem

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


def problems_of_sound_parts(folder: ConfigFolder, wanted: Collection[str], most: int | None) -> Iterator[Problem]:
    """Of each rule the first `most` of a file. `wanted`: what messages call the files that somebody asks about."""
    for name in sorted({problem.file for problem in folder.problems if problem.line} & set(wanted)):
        document = yaml_document.read(folder.path / name.rpartition("/")[2], name)
        file = _sound_part(document, folder) if isinstance(document, YamlDocument) else None
        if file:
            found = broken_rules(RULES_OF_ONE_PLACE, file, folder, most)
            yield from ignore_comments.not_silenced(file.document, found)


def _sound_part(document: YamlDocument, folder: ConfigFolder) -> TableFile | None:
    """The file without the keys that are wrong; None where the others describe no table."""
    data = sound_data(document, "summary_table")
    if data is None:
        return None
    path = folder.path / document.file.rpartition("/")[2]
    return TableFile(config=from_data(data, folder.defaults or {}, path), document=replace(document, data=data))
