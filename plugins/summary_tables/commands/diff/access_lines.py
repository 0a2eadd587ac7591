"""Through which connection a table is built and who may read it, where a pull request says something about that."""

from collections.abc import Iterator

from summary_tables.commands.diff.changes import TableChange
from summary_tables.model.table import SummaryTable
from summary_tables.text.markdown_text import code

OF_ACCESS = frozenset({"conn_id", "grants"})
"""The keys that are told of here."""

_WHY_IT_MATTERS = "perhaps another warehouse or role"
_EVERYBODY = "everybody who may connect to the warehouse (`public`)"


def access_lines(change: TableChange) -> Iterator[str]:
    """Plainly: what a reviewer must not overlook."""
    before = change.before.config.table if change.before else None
    after = change.file.config.table
    old_connection = before.conn_id if before else after.conn_id
    if old_connection != after.conn_id:
        yield f"- **Another connection** {code(old_connection)} → {code(after.conn_id)}: {_WHY_IT_MATTERS}"
    elif before is None and "conn_id" in change.file.data:
        yield f"- **Connection of its own** {code(after.conn_id)}: {_WHY_IT_MATTERS}"
    old, new = _readers(before), _readers(after)
    if before is None and "grants" in change.file.data:
        yield f"- **May read** {', '.join(new.values()) or 'nobody besides those who may already'}"
    elif before:
        if added := [words for role, words in new.items() if role not in old]:
            yield f"- **May read now** {', '.join(added)}"
        if gone := [words for role, words in old.items() if role not in new]:
            yield f"- **May read no longer** {', '.join(gone)}, unless others let them"


def _readers(table: SummaryTable | None) -> dict[str, str]:
    roles = table.grants.select if table else ()
    return {_key(role): _EVERYBODY if _key(role) == "public" else code(role) for role in roles}


def _key(role: str) -> str:
    return "public" if role.lower() == "public" else role
