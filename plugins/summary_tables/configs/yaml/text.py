"""Values and comments -> YAML lines that read back as exactly what they were, in the style of `dag_configs/`.

YAML 1.1 and 1.2 disagree about words such as `no`; what either of them could take for anything but text is quoted.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

_PLAIN = re.compile(r"[^\W\d][^\n]*")
_WORDS_WITH_A_MEANING = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ENDS_PLAIN_TEXT = re.compile(r": |:$| #|\s$")
# YAML's own control characters, its line breaks beyond \n, and what no UTF-8 file can hold.
_NEEDS_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_INDENT = "  "


def text(value: str) -> str:
    """One line: `value` without quotes where that is safe, otherwise in double quotes."""
    return value if _is_plain(value) else quoted(value)


def quoted(value: str) -> str:
    """One line: `value` in double quotes."""
    return _NEEDS_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04X}", json.dumps(value, ensure_ascii=False))


def entry(key: str, value: object, depth: int = 0) -> str:
    """The lines of `key: value`. Text of several lines becomes a `|` block, a list of texts stands in brackets.

    `value` is text, a number, a boolean, None, or a list or mapping of such.
    """
    indent = _INDENT * depth
    if isinstance(value, str) and "\n" in value and _fits_a_block(value):
        return f"{indent}{key}: {_block(value, depth + 1)}"
    if isinstance(value, Mapping) and value:
        return f"{indent}{key}:\n" + "".join(entry(name, inner, depth + 1) for name, inner in value.items())
    return f"{indent}{key}: {_inline(value)}\n"


def sql_entry(key: str, sql: str, depth: int = 0) -> str:
    """The lines of a query: on the key's line where YAML leaves it as it is there, otherwise as a block."""
    if _is_plain(sql):
        return f"{_INDENT * depth}{key}: {sql}\n"
    return sql_block(key, sql, depth)


def sql_block(key: str, sql: str, depth: int = 0) -> str:
    """The lines of a query as a block, which ends with one line break; all other characters are those of `sql`."""
    return entry(key, sql.rstrip("\n") + "\n", depth)


def item(lines: str) -> str:
    """The lines of a mapping as an item of a list: a dash takes the place of the first line's last two blanks."""
    blanks = len(lines) - len(lines.lstrip(" "))
    return f"{lines[: blanks - 2]}- {lines[blanks:]}"


def comment(lines: Iterable[str], depth: int = 0) -> str:
    """`# ` before each line. What YAML would take for the end of the comment becomes a blank."""
    split = (line for text in lines for line in (re.split(r"\r\n|\r|\n", text)))
    return "".join(f"{_INDENT * depth}# {_NEEDS_ESCAPE.sub(' ', line)}".rstrip() + "\n" for line in split)


def _is_plain(value: str) -> bool:
    return (
        _PLAIN.fullmatch(value) is not None
        and value.lower() not in _WORDS_WITH_A_MEANING
        and not _ENDS_PLAIN_TEXT.search(value)
        and not _NEEDS_ESCAPE.search(value)
        and "\t" not in value
    )


def _fits_a_block(value: str) -> bool:
    return not _NEEDS_ESCAPE.search(value)


def _block(value: str, depth: int) -> str:
    """`|` and what it needs beside it: the indentation where it cannot be seen, and how many line breaks end it."""
    lines = value.split("\n")
    first = next((line for line in lines if line.strip(" ")), "")
    indicator = str(len(_INDENT)) if not first or first.startswith((" ", "\t")) or not lines[0].strip(" ") else ""
    end = "-" if not value.endswith("\n") else "+" if value.endswith("\n\n") or not first else ""
    body = lines[:-1] if value.endswith("\n") else lines
    return f"|{indicator}{end}\n" + "".join(f"{_INDENT * depth}{line}\n" if line else "\n" for line in body)


def _inline(value: object) -> str:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(in_brackets(inner) for inner in value)}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {in_brackets(inner)}' for key, inner in value.items())}}}"
    return json.dumps(value)


def in_brackets(value: object) -> str:
    """One line: `value` inside brackets, where commas and brackets end plain text."""
    if isinstance(value, str) and not re.fullmatch(r"[\w. ]*", value):
        return quoted(value)
    return _inline(value)
