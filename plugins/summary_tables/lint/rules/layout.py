"""Physical layout is what the configured warehouse knows.

PASS: `attributes: {fillfactor: 90}` on PostgreSQL
FAIL: `attributes: {distkey: user_id}` on PostgreSQL, `indexes:` on Redshift
"""

from collections.abc import Iterator
from dataclasses import fields

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table import Attributes
from summary_tables.sql.dialects.registry import owners


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for at in _foreign_keys(file):
        message = f"`{at[-1]}` is for {owners(str(at[-1]))}; the warehouse here is {file.dialect.name} (defaults.yaml)"
        yield Finding(place=file.document.span_of_key(at), message=message, fix="delete it")


RULE = Rule(check=check, level="error", stage="build")


def _foreign_keys(file: TableFile) -> Iterator[YamlPath]:
    known, written = file.dialect.settings, file.data.get("attributes", {})
    keys = (field.name for field in fields(Attributes))
    yield from (("attributes", key) for key in keys if key in written and key not in known)
    if file.config.table.indexes and "indexes" not in known:
        yield ("indexes",)
