"""What the warehouse refuses, in words for the person who wrote the query.

The server's own words are English unless its `lc_messages` says otherwise; where they cannot be read they are passed
on as they are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from summary_tables.sql.quoting import as_needed, identifier
from summary_tables.sql.server_names import is_the_servers
from summary_tables.warehouse.session.driver import DriverError, LostConnectionError
from summary_tables.warehouse.session.redaction import may_quote_a_value, words_without_values

LOCK_NOT_AVAILABLE = "55P03"
DEADLOCK = "40P01"
INSUFFICIENT_PRIVILEGE = "42501"
CONNECTION_LOST = "08006"
DEPENDENT_OBJECTS = "2BP01"
UNDEFINED_COLUMN = "42703"
UNDEFINED_TABLE = "42P01"

# The query or the data is wrong, a right is missing: another try would go the same way.
_FINAL_CLASSES = ("0A", "22", "25", "42")


class WarehouseError(Exception):
    """The warehouse could not do what was asked; `str()` is one or more plain sentences.

    `sqlstate` is PostgreSQL's five-character code where one caused it, else empty. `details` is what belongs to the
    words on lines of its own, such as two lists side by side.
    """

    def __init__(self, words: str, *, sqlstate: str = "", details: str = "") -> None:
        super().__init__(words)
        self.sqlstate = sqlstate
        self.details = details

    @property
    def may_pass(self) -> bool:
        """Another try may go better. Never for what we refuse ourselves, which has no code."""
        return bool(self.sqlstate) and self.sqlstate[:2] not in _FINAL_CLASSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was tried: the role, the statement, and the part of it that a person wrote (empty: none of it).

    `shows_values`: the words may hold values of rows, as the server quotes them.

    `lines`: on which lines of the file those of the query stand; empty: they are told as lines of the query.
    `is_ours`: what stands at `query` was made from what a person wrote, who has never seen it.
    """

    role: str = ""
    sql: str = ""
    query: str = ""
    shows_values: bool = True
    lines: tuple[int, ...] = ()
    is_ours: bool = False

    @property
    def who(self) -> str:
        """The role as it is spoken of."""
        return f"The role {self.role}" if self.role else "The role of the connection"

    def line(self, position: str | None) -> str:
        """`, line 3 of the query` or `of the file` for the server's position in the statement (characters, from 1)."""
        start = self.sql.find(self.query) if self.query else -1
        offset = int(position or 0) - 1 - start
        inside = start >= 0 and 0 <= offset <= len(self.query)
        if not inside or self.is_ours:
            return ""
        line = self.query.count("\n", 0, offset)
        return f", line {self.lines[line]} of the file" if self.lines else f", line {line + 1} of the query"


def translated(error: DriverError, attempt: Attempt) -> WarehouseError:
    """`error` in words, without anything secret, and without values of rows where `attempt` may show none."""
    lost = CONNECTION_LOST if isinstance(error, LostConnectionError) else ""
    return WarehouseError(_without_secrets(_words(error, attempt)), sqlstate=error.sqlstate or lost)


def _words(error: DriverError, attempt: Attempt) -> str:
    state = error.sqlstate or ""
    if not state and isinstance(error, LostConnectionError):
        return _CONNECTION_LOST
    known = _SENTENCES.get(state) or _SENTENCES.get(state[:2])
    if known:
        return known
    if not attempt.shows_values and may_quote_a_value(error, attempt.sql, attempt.query):
        return words_without_values(error)
    return _EXPLAINED.get(state, _as_it_says)(error, attempt)


def _message(error: DriverError) -> str:
    return error.diag.message_primary or str(error)


def _as_it_says(error: DriverError, attempt: Attempt) -> str:
    message = _message(error)
    where = attempt.line(error.diag.statement_position)
    # What to write otherwise in the query is no advice for somebody who wrote none.
    hint = None if attempt.is_ours else error.diag.message_hint
    return _sentences(f"The warehouse says: {message}{where}", error.diag.message_detail, hint)


def _nothing_of_that_name(error: DriverError, attempt: Attempt) -> str:
    message = _message(error)
    found = re.fullmatch(r'(\w+) "?(.+?)"? does not exist', message)
    if not found:
        return _as_it_says(error, attempt)
    kind = {"relation": "table"}.get(found[1], found[1])
    name = found[2] if "(" in found[2] else f'"{found[2]}"'
    place = "" if kind == "column" else " in the warehouse"
    where = attempt.line(error.diag.statement_position)
    hint = error.diag.message_hint if attempt.query else None
    return _sentences(f"There is no {kind} {name}{place}{where}", hint)


def _no_function(error: DriverError, attempt: Attempt) -> str:
    unlike = re.fullmatch(r"could not identify an? (?:equality|ordering) operator for type (.+)", _message(error))
    if unlike:
        where = attempt.line(error.diag.statement_position)
        instead = "; those of jsonb can: write ::jsonb behind the column" if unlike[1] == "json" else ""
        return f"Values of the type {unlike[1]} cannot be compared with each other{where}{instead}."
    missing = re.fullmatch(r"(?:operator does not exist: (.+)|function (.+) does not exist)", _message(error))
    if missing and attempt.is_ours:
        needed = missing[1] or missing[2]
        return f"The check does not fit the type of its column: the warehouse knows no {needed}."
    return _nothing_of_that_name(error, attempt)


_NO_SELECT: frozenset[str] = frozenset(
    {
        *("ALTER", "ANALYZE", "BEGIN", "CALL", "CLUSTER", "COMMENT", "COMMIT", "COPY", "CREATE", "DELETE", "DISCARD"),
        *("DO", "DROP", "EXECUTE", "EXPLAIN", "GRANT", "INSERT", "LOCK", "MERGE", "NOTIFY", "REFRESH", "REINDEX"),
        *("RESET", "REVOKE", "ROLLBACK", "SET", "SHOW", "TRUNCATE", "UNLOAD", "UPDATE", "VACUUM"),
    }
)


def _syntax(error: DriverError, attempt: Attempt) -> str:
    message = _message(error)
    where = attempt.line(error.diag.statement_position)
    if "multiple commands" in message:
        return "Only one statement is allowed, and here are two or more. Write one SELECT, without a semicolon inside."
    if "INTO is not allowed" in message:
        return f"SELECT ... INTO is not allowed{where}: only a plain SELECT is, the table is made from its result."
    found = re.search(r'at or near "(.*)"\Z', message, re.DOTALL)
    if not found:
        return _sentences(f"The SQL cannot be read: {message}{where}")
    word = found[1].strip()
    if word.upper() in _NO_SELECT and attempt.query.lstrip().startswith(word):
        return f"Only SELECT is allowed, not {word.upper()}{where}."
    problem = message[: found.start()].strip()
    return f'The SQL cannot be read at "{word}"{where} ({problem}).'


def _not_read_only(error: DriverError, attempt: Attempt) -> str:  # noqa: ARG001 - every explanation is called alike
    found = re.search(r"cannot execute (.+) in a read-only", _message(error))
    return _writes(found[1] if found else "")


def _writes(what: str) -> str:
    how = f" ({what})" if what else ""
    return f"The query tries to change data{how}. It may only read, and so may every function that it calls."


def _not_supported(error: DriverError, attempt: Attempt) -> str:
    message = _message(error)
    if "data-modifying" in message:
        return "The query changes data in a WITH clause. It may only read: INSERT, UPDATE, DELETE, MERGE are refused."
    found = re.search(r"(\w+) is not allowed in a non-volatile function", message)
    return _writes(found[1]) if found else _as_it_says(error, attempt)


def _row_locks(error: DriverError, attempt: Attempt) -> str:
    found = re.search(r"(FOR [A-Z ]+?) is not", _message(error))
    return f"{found[1]} is not allowed: the query may only read." if found else _as_it_says(error, attempt)


def _permission(error: DriverError, attempt: Attempt) -> str:
    message = _message(error)
    owned = re.fullmatch(r"must be owner of (\w+) (.+)", message)
    if owned:
        kind = owned[1].replace("relation", "table")
        return f"{attempt.who} does not own the {kind} {owned[2]}, and only its owner may do this."
    denied = re.fullmatch(r"permission denied for (\w+) (.+)", message)
    temporary = re.search(r'temporary tables in database "(.+)"', message)
    if temporary:
        return (
            "The query calls a function that might change data; to keep it from doing so, its rows go through a "
            f"temporary table, which the role {attempt.role} may not create. An administrator can allow it: "
            f"GRANT TEMPORARY ON DATABASE {as_needed(temporary[1])} TO {as_needed(attempt.role)};"
        )
    if not denied:
        # Such words name a role of the server's own that would do, e.g. pg_signal_backend.
        if any(map(is_the_servers, re.findall(r"\w+", message))):
            return f"{attempt.who} may not do this. {_FOR_ADMINISTRATORS}"
        return _sentences(f"{attempt.who} may not do this: {message}", error.diag.message_hint)
    kind, name = denied[1], _full_name(denied[2], attempt.sql)
    right, role = _right(kind, denied[2], attempt), as_needed(attempt.role) if attempt.role else "<role>"
    words = f"{attempt.who} may not {_RIGHT_WORDS.get(right, 'use')} the {kind} {name}."
    if is_the_servers(name):
        return f"{words} {_FOR_ADMINISTRATORS}"
    on = "" if kind in ("table", "view", "relation") else f"{kind.upper()} "
    return f"{words} An administrator can allow it: GRANT {right} ON {on}{name} TO {role};"


_FOR_ADMINISTRATORS = "That is for administrators of the warehouse only."
_RIGHT_WORDS = {"SELECT": "read", "CREATE": "create anything in", "EXECUTE": "call"}


def _right(kind: str, name: str, attempt: Attempt) -> str:
    if kind == "schema":
        # What is made stands before any bracket; behind one, a column's type may be of that schema.
        made = re.match(r"\s*(?:CREATE|ALTER)\b[^(]*", attempt.sql)
        creates = made is not None and re.search(rf'(?<!\w)"?{re.escape(name)}"?(?!\w)', made[0])
        return "CREATE" if creates and not attempt.query else "USAGE"
    return _RIGHTS.get(kind, "SELECT")


_RIGHTS = {"function": "EXECUTE", "database": "CREATE", "tablespace": "CREATE", "sequence": "USAGE"}


def _full_name(name: str, sql: str) -> str:
    """The server names a table without its schema; the statement may know it."""
    spelt = "|".join(map(re.escape, (identifier(name), name)))
    found = re.search(rf'("(?:[^"]|"")+"|\w+)\.(?:{spelt})(?!\w)', sql)
    return f"{found[1]}.{as_needed(name)}" if found else as_needed(name)


def _duplicate_key(error: DriverError, attempt: Attempt) -> str:
    if not _message(error).startswith("could not create unique index"):
        return _as_it_says(error, attempt)
    return _sentences("An index is declared unique, but the rows of the new build are not", error.diag.message_detail)


def _cancelled(error: DriverError, attempt: Attempt) -> str:  # noqa: ARG001 - every explanation is called alike
    if "statement timeout" in _message(error):
        return "The query ran longer than the warehouse allows (statement_timeout)."
    return "The query was cancelled in the warehouse."


def _sentences(*parts: str | None) -> str:
    texts = (" ".join(part.split()) for part in parts if part)
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in texts)


def _without_secrets(words: str) -> str:
    words = re.sub(r"\b(\w+)://\S+", r"\1://...", words)
    return re.sub(r"(?i)\b(password|passwd|pwd|secret|token)(\s*[=:]\s*)('[^']*'|\S+)", r"\1\2...", words)


_CONNECTION_LOST = "The connection to the warehouse was lost."

_SENTENCES = {
    "08": _CONNECTION_LOST,
    "08P01": "The query holds a placeholder such as $1; write the value itself.",
    "53100": "The warehouse's disk is full.",
    "53200": "The warehouse is out of memory.",
    "53300": "The warehouse has no free connection.",
    "53400": "The query needs more temporary space than the warehouse allows (temp_file_limit).",
    "55P03": "A table was locked by somebody else, and the wait for it was given up.",
    "40P01": "The statement and another session waited for each other's locks, and the warehouse stopped one of them.",
    "40001": "Another session changed the same data at the same time.",
    "57P01": "The warehouse is shutting down or an administrator ended the session.",
    "57P02": "The warehouse crashed and is starting again.",
    "57P03": "The warehouse is starting or shutting down.",
}

_EXPLAINED: dict[str, Callable[[DriverError, Attempt], str]] = {
    "0A000": _not_supported,
    "23505": _duplicate_key,
    "25006": _not_read_only,
    "3F000": _nothing_of_that_name,
    "42501": _permission,
    "42601": _syntax,
    "42703": _nothing_of_that_name,
    "42704": _nothing_of_that_name,
    "42883": _no_function,
    "42P01": _nothing_of_that_name,
    "42P11": _row_locks,
    "57014": _cancelled,
}
