"""The text inside `{{ ... }}` and `{% ... %}` -> tokens, and what those mean that are numbers and texts."""

import re
from typing import Literal, NamedTuple

from summary_tables.sql.templates.bounds import MOST_DIGITS, MOST_TOKENS
from summary_tables.sql.templates.error import template_error

TokenKind = Literal["name", "number", "string", "sign", "end"]


class Token(NamedTuple):
    """Offsets are those in the SQL. The last token is the `end`, whose text is the closing mark."""

    kind: TokenKind
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"\s+"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<number>\d[\d_]*(?:\.\d+)?)"
    r"|(?P<string>'[^'\\]*(?:\\.[^'\\]*)*'|\"[^\"\\]*(?:\\.[^\"\\]*)*\")"
    r"|(?P<sign>//|\*\*|==|!=|<=|>=|[-+*/%~<>()\[\]{},.:|=])"
    r"|(?P<other>.)",
    re.DOTALL,
)
# NUL, and the halves of characters: neither can be sent to a warehouse.
_NO_CHARACTER = re.compile(r"[\x00\ud800-\udfff]")


def tokens(text: str, offset: int, closing: str) -> list[Token]:
    """The tokens of `text`, which stands at `offset` of the SQL and is closed by `closing`."""
    found: list[Token] = []
    for hit in _TOKEN.finditer(text):
        start, end = offset + hit.start(), offset + hit.end()
        if hit.lastgroup == "other":
            raise template_error(start, end, f"`{hit[0]}` means nothing in a template", "delete it")
        if hit.lastgroup:
            kind: TokenKind = hit.lastgroup  # type: ignore[assignment]  # the names of the pattern's groups
            found.append(Token(kind, hit[0], start, end))
        if len(found) > MOST_TOKENS:
            raise template_error(start, end, f"more than {MOST_TOKENS:,} words and signs stand between these braces")
    found.append(Token("end", closing, offset + len(text), offset + len(text) + len(closing)))
    return found


def number_value(token: Token) -> int | float:
    """What a token of the kind `number` means. Raises `TemplateError`."""
    digits = token.text.replace("_", "")
    if len(digits) > MOST_DIGITS:
        raise template_error(token.start, token.end, f"a number has at most {MOST_DIGITS} digits here")
    return float(digits) if "." in digits else int(digits)


def text_value(token: Token) -> str:
    """What a token of the kind `string` means. Raises `TemplateError`."""
    try:
        found = token.text[1:-1].encode("ascii", "backslashreplace").decode("unicode-escape")
    except UnicodeDecodeError:
        message = "a backslash stands before something that it gives no meaning"
        raise template_error(token.start, token.end, message, "write it twice: `\\\\`") from None
    if _NO_CHARACTER.search(found):
        message = "a backslash stands before the number of a character that no text of SQL can have"
        raise template_error(token.start, token.end, message, "write the character itself")
    return found
