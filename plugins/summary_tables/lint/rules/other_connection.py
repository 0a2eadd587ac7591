"""A table is built with the connection that all tables share, or with one that `conn_ids` in `defaults.yaml` lists.

Another connection may lead to another warehouse, with other rights: whoever may merge a file chooses what it can read
and where it writes. Which connections are meant for that is said in one place.

PASS: `conn_id: finance` with `conn_ids: [warehouse, finance]` in `defaults.yaml`
FAIL: `conn_id: finance` where `defaults.yaml` does not list it
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.spelling import nearest


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    shared = shared_connection(folder)
    named, listed = file.config.table.conn_id, file.config.settings.conn_ids
    if "conn_id" not in file.data or named == shared or named in listed:
        return
    near = nearest(named, (shared, *listed))
    yield Finding(
        place=file.place_of_setting(("conn_id",)),
        message=f"`{named}` is another connection than `{shared}`, which the tables share, and `conn_ids` in "
        "defaults.yaml does not list it",
        fix=f"write `conn_id: {near}`" if near else f"add `{named}` to `conn_ids` in defaults.yaml",
    )


RULE = Rule(check=check, level="warning", needs="folder")


def shared_connection(folder: ConfigFolder) -> str:
    """The connection of a file that names none."""
    return str((folder.defaults or {}).get("conn_id", "warehouse"))
