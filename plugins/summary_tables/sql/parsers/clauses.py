"""Where the parts of a query are written, read from its tokens: what a syntax tree does not tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.query import Word
from summary_tables.sql.tokens.lexer import NAME
from summary_tables.sql.tokens.tokens import TOP, is_keyword, tokens

_SET_OPERATIONS = ("UNION", "EXCEPT", "INTERSECT", "MINUS")
_CLAUSES = ("INTO", "WHERE", "HAVING", "WINDOW", "LIMIT", "OFFSET", "FETCH", "FOR", "QUALIFY", *_SET_OPERATIONS)
_NOT_EVERYWHERE = ("QUALIFY", "MINUS")
_LIMITS = ("LIMIT", "FETCH", "TOP")
_CLOCK_WORDS = ("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP")
_CLOCK_FUNCTIONS = (
    "NOW",
    "GETDATE",
    "CLOCK_TIMESTAMP",
    "STATEMENT_TIMESTAMP",
    "TRANSACTION_TIMESTAMP",
    "TIMEOFDAY",
    "TIMENOW",
)
_CLOCK_TEXTS = ("'NOW'", "'TODAY'", "'YESTERDAY'", "'TOMORROW'")
_MOMENTS = ("DATE", "TIME", "TIMETZ", "TIMESTAMP", "TIMESTAMPTZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One item of a select list: the tokens from `first` up to `end`."""

    first: int
    end: int


class Written:
    """A query and its tokens."""

    def __init__(self, sql: str, dialect: Dialect) -> None:
        self.sql = sql
        self.dialect = dialect
        self.tokens = tokens(sql, dialect.lexical)
        self._clauses = tuple(word for word in _CLAUSES if word not in _NOT_EVERYWHERE or self._has(word))

    def targets(self) -> tuple[Target, ...]:
        """The items of the select list of the query, of its first branch in a UNION; none where it has no SELECT."""
        index, group = 0, TOP
        while self._key(index) == "(":
            index, group = index + 1, index
        select = next((place for place in self._in_group(group) if self.is_keyword(place, "SELECT")), None)
        return tuple(self._split(self._after_select(select), group)) if select is not None else ()

    def _after_select(self, select: int) -> int:
        """The first token of the select list."""
        index = select + 1
        while self.is_keyword(index, "ALL", "DISTINCT") or (
            self._has("TOP") and self.is_keyword(index, "TOP") and self.tokens[index + 1].kind == "number"
        ):
            index += 1 + (self._key(index) == "TOP")
            if self._key(index) == "ON" and self._key(index + 1) == "(":
                index = self._closing(index + 1) + 1
        return index

    def _closing(self, opening: int) -> int:
        """The place of the bracket that closes the one at `opening`, or the end."""
        around = self.tokens[opening].group
        inner = range(opening + 1, len(self.tokens))
        return next((place for place in inner if self.tokens[place].group == around), len(self.tokens) - 1)

    def _split(self, first: int, group: int) -> Iterator[Target]:
        start = index = first
        while index < len(self.tokens) and not self._ends_list(index, group):
            if self._key(index) == "," and self.tokens[index].group == group:
                yield Target(first=start, end=index)
                start = index + 1
            index += 1
        if index > start:
            yield Target(first=start, end=index)

    def _ends_list(self, index: int, group: int) -> bool:
        token = self.tokens[index]
        if token.group != group:
            return group != TOP and token.group == self.tokens[group].group
        if self.is_keyword(index, "FROM"):
            return not (self._key(index - 1) == "DISTINCT" and self._key(index - 2) in ("IS", "NOT"))
        if self.is_keyword(index, "GROUP", "ORDER"):
            return self._key(index + 1) == "BY"
        return token.key == ";" or self.is_keyword(index, *self._clauses)

    def _has(self, word: str) -> bool:
        """What PostgreSQL lacks."""
        return word in self.dialect.grammar.own_words

    def expression(self, target: Target, *, has_alias: bool) -> tuple[int, str]:
        """Offset and text of a select item without its alias."""
        last = target.end - 1
        if has_alias and last > target.first:
            last -= 2 if self._key(last - 1) == "AS" and last - 2 >= target.first else 1
        start, end = self.tokens[target.first].start, self.tokens[last].end
        return start, self.sql[start:end]

    def has_exclude(self) -> bool:
        """Whether the query leaves out columns by EXCLUDE, which speaks of the whole select list before it."""
        places = range(1, len(self.tokens)) if self._has("EXCLUDE") else ()
        return any(
            self.is_keyword(place, "EXCLUDE")
            and self._key(place - 1) not in ("SELECT", ",", "(", ".")
            and (self._key(place + 1) == "(" or self._kind(place + 1) in ("word", "name"))
            for place in places
        )

    def order_by(self) -> Word | None:
        """See `Query.order_by`."""
        group = list(self._in_group(TOP))
        order = next((place for place in group if self._is_order_by(place)), None)
        if order is None or any(self._needs_order(place) for place in group):
            return None
        return self._word(order, order + 1)

    def _needs_order(self, index: int) -> bool:
        if self.is_keyword(index, "DISTINCT"):
            return self._key(index + 1) == "ON"
        return self.is_keyword(index, "OFFSET") or self._is_limit(index)

    def limits_without_order(self, *, one_row: bool) -> tuple[Word, ...]:
        """See `Query.limits_without_order`. `one_row`: the query has no second row that a limit could drop."""
        places = [index for index in range(len(self.tokens)) if self._is_limit(index)]
        ordered = {token.group for index, token in enumerate(self.tokens) if self._is_order_by(index)} if places else ()
        return tuple(
            self._word(place, place)
            for place in places
            if (group := self.tokens[place].group) not in ordered
            and not self._is_harmless(group)
            and not (one_row and group == TOP)
        )

    def _is_limit(self, index: int) -> bool:
        if self.is_keyword(index, "TOP"):
            is_clause = self.is_keyword(index - 1, "SELECT", "DISTINCT", "ALL")
            return self._has("TOP") and is_clause and self._kind(index + 1) == "number"
        return self.is_keyword(index, "LIMIT", "FETCH") and self._key(index + 1) not in ("ALL", "NULL", "0")

    def _is_harmless(self, group: int) -> bool:
        """A limit in EXISTS, or one whose query, in brackets of its own, may be ordered in there."""
        return (group != TOP and self._key(group - 1) == "EXISTS") or self._key(group + 1) == "("

    def _is_order_by(self, index: int) -> bool:
        return self.is_keyword(index, "ORDER") and self._key(index + 1) == "BY"

    def current_times(self) -> tuple[Word, ...]:
        """See `Query.current_times`."""
        return tuple(word for index in range(len(self.tokens)) if (word := self._current_time(index)))

    def _current_time(self, index: int) -> Word | None:
        token = self.tokens[index]
        if token.kind == "string":
            return self._clock_text(index)
        if self.is_keyword(index, *_CLOCK_WORDS) or (self._has("SYSDATE") and self.is_keyword(index, "SYSDATE")):
            return self._word(index, self._closing(index + 1) if self._key(index + 1) == "(" else index)
        if token.key.upper() in _CLOCK_FUNCTIONS and self._key(index + 1) == "(" and self._key(index + 2) == ")":
            return self._word(index, index + 2)
        return None

    def _clock_text(self, index: int) -> Word | None:
        if self.tokens[index].key.upper() not in _CLOCK_TEXTS:
            return None
        if self.is_keyword(index - 1, *_MOMENTS):
            return self._word(index - 1, index)
        cast = self._key(index + 1) == "::" and self._key(index + 2) in _MOMENTS
        return self._word(index, index + 2) if cast else None

    def null_comparisons(self) -> tuple[Word, ...]:
        """See `Query.null_comparisons`."""
        places = [index for index in range(len(self.tokens)) if self._key(index) in ("=", "<>", "!=")]
        behind = (
            self._word(place, last) for place in places if self.is_keyword(last := self._after_not(place), "NULL")
        )
        before = (self._word(place - 1, place) for place in places if self._is_left_null(place - 1))
        return tuple(sorted((*behind, *before), key=lambda word: word.offset))

    def _after_not(self, index: int) -> int:
        return index + 1 + self.is_keyword(index + 1, "NOT")

    def _is_left_null(self, index: int) -> bool:
        """A NULL that stands alone left of an operator, unlike that of `a IS NULL = b`."""
        return self.is_keyword(index, "NULL") and not self.is_keyword(index - 1, "IS", "NOT", "FROM")

    def is_keyword(self, index: int, *keys: str) -> bool:
        """See `tokens.is_keyword`."""
        return is_keyword(self.tokens, index, *keys)

    def _key(self, index: int) -> str:
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def _kind(self, index: int) -> str:
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def _in_group(self, group: int) -> Iterator[int]:
        return (index for index, token in enumerate(self.tokens) if token.group == group)

    def _word(self, first: int, last: int) -> Word:
        start, end = self.tokens[first].start, self.tokens[min(last, len(self.tokens) - 1)].end
        return Word(text=self.sql[start:end], offset=start)


_QUALIFIED_NAME = re.compile(rf'(?:{NAME}|"[^"]*")(?:\s*\.\s*(?:{NAME}|"[^"]*"))*')


def length_of_name(sql: str, offset: int) -> int:
    """How long the name at `offset` is, its schema included."""
    found = _QUALIFIED_NAME.match(sql, offset)
    return len(found[0]) if found else 1


_OPERAND = re.compile(r"""[\w$."]+(?:\([^()]*\))?(?:\s*::\s*\w+)?|'[^']*'""")


def as_operand(expression: str) -> str:
    """The expression so that it can stand for a name, whatever stands beside that: `(a + b)`."""
    text = " ".join(expression.split())
    return text if _OPERAND.fullmatch(text) else f"({text})"
