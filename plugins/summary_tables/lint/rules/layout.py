"""Physical layout is what the configured warehouse knows.

PASS: `attributes: {fillfactor: 90}` on PostgreSQL
FAIL: `attributes: {distkey: user_id}` on PostgreSQL, `indexes:` on Redshift
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.model.problem import Finding, Level, Place

LEVEL: Level = "error"

_REDSHIFT_KEYS = ("diststyle", "distkey", "sortkey", "sortstyle")
_POSTGRES_KEYS = ("fillfactor", "tablespace")


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    owner = "Redshift" if file.dialect == "postgres" else "PostgreSQL"
    for at in _foreign_keys(file):
        message = f"`{at[-1]}` is for {owner}; the warehouse here is {file.dialect} (defaults.yaml)"
        yield Finding(place=file.document.span_of_key(at), message=message, fix="delete it")


def _foreign_keys(file: TableFile) -> Iterator[YamlPath]:
    foreign = _REDSHIFT_KEYS if file.dialect == "postgres" else _POSTGRES_KEYS
    written = file.data.get("attributes", {})
    yield from (("attributes", key) for key in foreign if key in written)
    if file.dialect == "redshift" and file.config.table.indexes:
        yield ("indexes",)
