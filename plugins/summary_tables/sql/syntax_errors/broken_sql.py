"""SQL that its grammar does not accept, taken apart around the place where the grammar stops."""

from collections.abc import Iterator
from functools import cached_property

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.parsers.libpg_query import GrammarError, tree
from summary_tables.sql.tokens.tokens import TOP, Token, is_keyword, tokens

_NOTHING = Token("other", "", 0, 0, TOP)


class BrokenSql:
    """`at` is the place, among `tokens`, of the one that the grammar did not expect; behind the last at the end."""

    def __init__(self, sql: str, offset: int, dialect: Dialect) -> None:
        self.sql = sql
        self.offset = offset
        self.dialect = dialect
        self.tokens = tokens(sql, dialect.lexical)
        self.at = next((place for place, token in enumerate(self.tokens) if token.end > offset), len(self.tokens))

    @property
    def warehouse(self) -> str:
        """Its name as people know it."""
        return self.dialect.title

    def has(self, word: str) -> bool:
        """Whether the warehouse knows this word of a clause that PostgreSQL lacks."""
        return word in self.dialect.grammar.own_words

    def token(self, index: int) -> Token:
        """An empty token where there is none."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else _NOTHING

    def key(self, index: int) -> str:
        """The text of a token, of a word in capitals; empty where there is none."""
        return self.token(index).key

    def text(self, index: int) -> str:
        """The token as it is written."""
        token = self.token(index)
        return self.sql[token.start : token.end]

    def is_keyword(self, index: int, *keys: str) -> bool:
        """See `tokens.is_keyword`."""
        return is_keyword(self.tokens, index, *keys)

    @cached_property
    def group(self) -> int:
        """The brackets in which the grammar stops."""
        return self.token(self.at).group if self.at < len(self.tokens) else TOP

    def before(self, *keys: str) -> Iterator[int]:
        """The places of these keywords before the stop, nearest first, in its brackets and in its SELECT."""
        for index in range(self.at - 1, -1, -1):
            if self.tokens[index].group == self.group:
                if self.is_keyword(index, *keys):
                    yield index
                if self.is_keyword(index, "SELECT", "UNION", "EXCEPT", "INTERSECT"):
                    return

    def works_with(self, start: int, end: int, text: str) -> bool:
        """Whether the grammar accepts the SQL with `text` for the characters from `start` up to `end`."""
        return self._error_with(start, end, text) is None

    def goes_on_with(self, start: int, end: int, text: str) -> bool:
        """Whether it stops later then, if at all: a second mistake must not hide that this is one."""
        error = self._error_with(start, end, text)
        shift = len(text) - (end - start)
        stop = self.token(self.at).end or len(self.sql)
        return error is None or error.offset > stop + shift

    def _error_with(self, start: int, end: int, text: str) -> GrammarError | None:
        changed = self.sql[:start] + text + self.sql[end:]
        answer = tree(self.dialect.grammar.readable(changed))
        return answer if isinstance(answer, GrammarError) else None

    def mistake(self, first: int, message: str, fix: str = "", *, last: int | None = None) -> Finding[Span]:
        """A mistake at a token, or from one up to another."""
        start, end = self.token(first).start, self.token(first if last is None else last).end
        return Finding(place=Span(start, max(end - start, 1)), message=message, fix=fix)
