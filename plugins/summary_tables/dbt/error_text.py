"""What dbt says of a mistake, taken apart: the words about the mistake, the file and line, and what it quotes."""

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 1500

_OWN: Final = re.compile(
    r"^\s*(?:Encountered an error:|\w+ Error(?: in .+\(.+\))?|compiled code at .+"
    r"|LINE \d+: .*|\^|-{5,}|> in macro .+|> called by .+|\[.*ERROR.*\].*)\s*$",
    re.MULTILINE,
)
_NO_PATH: Final = re.compile(r"^at path \[\]: ")
_BEGIN: Final = re.compile(r"^\[(?:ERROR|WARNING)\]: ")
_READING: Final = re.compile(r"^[ \t]*Error reading [\w-]+: (?P<file>.+) - \w+ Error[ \t]*$", re.MULTILINE)
_QUOTED: Final = re.compile(r"^[ \t]*(?:\d+ +\|.*|\|.*\|)[ \t]*$", re.MULTILINE)
_RAW: Final = re.compile(r"^\s*Raw Error:.*", re.MULTILINE | re.DOTALL)
_HINT: Final = re.compile(r"\.? (HINT|DETAIL): ")
_VALUES: Final = re.compile(r"^\s*DETAIL: .*$|(?<=\w): \".*\"(?=\s*$)|^\s*CONTEXT: .*", re.MULTILINE)
_ON_RUN: Final = re.compile(r"^\S+\.on-run-(?:start|end)\.\d+ failed, error:\s*", re.MULTILINE)
_OF_WAREHOUSE: Final = re.compile(rf"^\s*Database Error\b|{_ON_RUN.pattern}", re.MULTILINE)
_OF_STATEMENT: Final = re.compile(r"^\s*LINE \d+: ", re.MULTILINE)
_OF_FUNCTION: Final = re.compile(r"^\s*CONTEXT: ", re.MULTILINE)
_WITHOUT_VALUES: Final = re.compile(
    r"(?:permission denied|must be owner|division by zero|deadlock|canceling |terminating |could not |out of memory"
    r"|server closed|connection |SSL |FATAL:|cannot (?:drop|execute|change|alter) |current transaction is aborted"
    r"|invalid input syntax for type [\w ]+$|value too long for type|numeric field overflow|\w+ out of range"
    r"|duplicate key value violates|null value in column|new row for relation|date/time field value out of range$"
    r"|tuple concurrently updated|(?:relation|schema|type) \"[\w.]+\" already exists)",
    re.MULTILINE,
)
NOT_SHOWN: Final = (
    "The warehouse could not work with a row or a value. What it says is not shown, as it may quote values "
    "(`samples: false` or `pii: true`); run the query yourself to see it."
)
_PLACES: Final = (
    re.compile(r"^\w+ Error in .+\((?P<file>[^()\s]+)\)\s*$", re.MULTILINE),
    re.compile(r"'[\w.]+' \((?P<file>[^()\s]+\.\w+)\)"),
    re.compile(r"Error encountered in (?:\./)?(?P<file>\S+)"),
    _READING,
)
_NOT_HERE: Final = re.compile(
    r"\s*(?:Error encountered in \S+|(?<=') \([^()\s]+\.\w+\)(?= depends on)"
    r"|Check for a different version of the '.+' package, or run dbt again with --no-version-check)"
)
"""The place is told beside the words, and nobody can add an option."""
_IN_JINJA: Final = re.compile(r"^[ \t]+line (?P<line>\d+)[ \t]*\n[ \t]+(?P<text>\S.*)$", re.MULTILINE)
_LINE: Final = re.compile(r"\b(?:near )?line (?P<line>\d+)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorText:
    """`words` are one or more sentences on one line; `quoted`: lines of a file or of a table that dbt shows with it.

    `file` is empty and `line` zero where dbt does not say it.
    """

    words: str
    quoted: str = ""
    file: str = ""
    line: int = 0


def error_text(message: str, *, shows_values: bool = True) -> ErrorText:
    """`shows_values`: what the warehouse adds of the rows that it met may be shown."""
    text = _BEGIN.sub("", "\n".join(message.splitlines()))
    file = next((found["file"] for place in _PLACES if (found := place.search(text))), "")
    jinja = _IN_JINJA.search(text)
    line = jinja or (_LINE.search(text) if _READING.search(text) else None)
    quoted = jinja["text"] if jinja else "\n".join(each.rstrip() for each in _QUOTED.findall(text)).strip("\n")
    rest = _RAW.sub("", text)
    for pattern in (*(() if shows_values else (_VALUES,)), _QUOTED, _IN_JINJA, _READING, _OWN, _NOT_HERE):
        rest = pattern.sub("", rest)
    if not shows_values and _may_quote_a_value(text, rest):
        return ErrorText(words=NOT_SHOWN, file=file)
    return ErrorText(
        words=_sentence(rest) or _sentence(text) or "dbt does not say why.",
        quoted=_aligned(quoted),
        file=file,
        line=int(line["line"]) if line else 0,
    )


def _may_quote_a_value(text: str, rest: str) -> bool:
    """The warehouse's words are passed on where it says the place in the statement, or where they are known to hold no
    value; never those of a function, which says what its author wrote."""
    if not _OF_WAREHOUSE.search(text):
        return False
    if _OF_FUNCTION.search(text):
        return True
    return not _OF_STATEMENT.search(text) and not _WITHOUT_VALUES.match(_ON_RUN.sub("", rest).strip())


def cut(text: str) -> str:
    """Not longer than people read."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _sentence(text: str) -> str:
    line = _NO_PATH.sub("", " ".join(text.split()))
    words = cut(_HINT.sub(lambda found: f". {found[1].capitalize()}: ", line))
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."


def _aligned(lines: str) -> str:
    """Without what all of them begin with."""
    every = lines.splitlines()
    margin = min((len(each) - len(each.lstrip()) for each in every), default=0)
    return cut("\n".join(each[margin:] for each in every))
