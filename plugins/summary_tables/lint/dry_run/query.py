"""A query as the server got it, and what its words say: names, calls, tables with their aliases."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summary_tables.configs.table_file import SourceQuery
from summary_tables.lint.dry_run.source_map import MappedText
from summary_tables.model.column import Column
from summary_tables.sql import parser
from summary_tables.sql.folded_name import folded
from summary_tables.sql.query import Query, TableRead
from summary_tables.sql.tokens.tokens import Token, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenName:
    """A name with what stands before its dots: `parts` as the warehouse folds them, `text` as it is written."""

    parts: tuple[str, ...]
    text: str
    offset: int

    qualifier: str
    """What stands before the last dot, with it, as it is written."""

    @property
    def last(self) -> str:
        """The name itself as it is written."""
        return self.text.removeprefix(self.qualifier).lstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCall:
    """A function that is called: its arguments as they are written, and the whole call."""

    arguments: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromTable:
    """A table that the query reads, by the name by which its columns are called: its alias or its own.

    `written` is `alias` as it stands in the query.
    """

    table: TableRead
    alias: str
    written: str

    @property
    def full_name(self) -> str:
        return f"{self.table.schema}.{self.table.name}" if self.table.schema else self.table.name


@dataclass(frozen=True, kw_only=True)
class AskedQuery:
    """`fresh` are the columns of the table that an output check reads as `{schema}.temp_{table}`."""

    source: SourceQuery
    rendered: MappedText
    sql: str
    fresh: tuple[Column, ...] = ()

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens(self.sql, self.source.dialect.lexical)

    @cached_property
    def parsed(self) -> Query | None:
        whole = self.rendered.text
        # Rules have read the query as it is written, and what has been read once is remembered.
        found = parser.parse(whole if whole.rstrip() == self.sql.rstrip() else self.sql, self.source.dialect)
        return found if isinstance(found, Query) else None

    @cached_property
    def tables(self) -> tuple[FromTable, ...]:
        """The tables that the query reads, at any depth."""
        reads = self.parsed.tables if self.parsed else ()
        written = [(read, self._alias(read)) for read in reads]
        return tuple(FromTable(table=read, alias=folded(alias), written=alias) for read, alias in written)

    @cached_property
    def ctes(self) -> tuple[str, ...]:
        """The names that WITH gives."""
        return tuple(self._ctes())

    @property
    def has_known_columns(self) -> bool:
        """The text alone says how many columns the result has and how they are called."""
        columns = self.parsed.columns if self.parsed else ()
        return bool(columns) and not any(column.is_star for column in columns)

    def place_of_column(self, place: int) -> tuple[int, int]:
        """Offset and length of what gives the column of the result at `place`; the query's beginning if unknown."""
        if not self.has_known_columns or self.parsed is None or place >= len(self.parsed.columns):
            return self.place_of_star()
        column = self.parsed.columns[place]
        return column.offset, column.length

    def place_of_star(self) -> tuple[int, int]:
        """Offset and length of the first `*` among the columns; the query's beginning where there is none."""
        columns = self.parsed.columns if self.parsed else ()
        return next(((column.offset, column.length) for column in columns if column.is_star), (0, 1))

    def word_at(self, offset: int) -> str:
        """The token at `offset` as it is written; empty where none stands."""
        index = self.index(offset)
        return self._text(index, index) if index is not None else ""

    def name_at(self, offset: int) -> WrittenName | None:
        """The name that begins at `offset`."""
        index = self.index(offset)
        if index is None or self.tokens[index].kind not in ("word", "name"):
            return None
        last = index
        while self._key(last + 1) == "." and last + 2 < len(self.tokens) and self._is_name(last + 2):
            last += 2
        parts = tuple(folded(self._text(place, place)) for place in range(index, last + 1, 2))
        qualifier = self._text(index, last - 1) if last > index else ""
        return WrittenName(parts=parts, text=self._text(index, last), offset=offset, qualifier=qualifier)

    def is_star_of(self, offset: int) -> bool:
        """Whether `.*` follows the name that begins at `offset`."""
        index, name = self.index(offset), self.name_at(offset)
        behind = index + 2 * len(name.parts) - 1 if index is not None and name else len(self.tokens)
        return self._key(behind) == "." and self._key(behind + 1) == "*"

    def call_at(self, offset: int) -> WrittenCall | None:
        """The call whose function's name begins at `offset`."""
        name, start = self.name_at(offset), self.index(offset)
        if name is None or start is None:
            return None
        opening = start + 2 * len(name.parts) - 1
        if self._key(opening) != "(":
            return None
        closing = self._closing(opening)
        return WrittenCall(arguments=tuple(self._arguments(opening, closing)), text=self._text(start, closing))

    def clause_of(self, offset: int) -> str:
        """The clause in which the token at `offset` stands, e.g. `HAVING`; empty where that is not to be seen."""
        index = self.index(offset) or 0
        group = self.tokens[index].group
        before = (self._key(place) for place in range(index, -1, -1) if self.tokens[place].group == group)
        return next((key for key in before if key in _CLAUSES), "")

    def operands(self, offset: int) -> tuple[str, str]:
        """What stands left and right of the operator at `offset`, each where it is a plain name; else empty."""
        index = self.index(offset)
        if index is None:
            return "", ""
        left = index - 1
        if left >= 0 and self.tokens[left].kind in ("string", "number"):
            return self._text(left, left), self._operand(index + 1)
        while left >= 2 and self._is_name(left) and self._key(left - 1) == ".":
            left -= 2
        before = self._text(left, index - 1) if left >= 0 and self._is_plain(left) else ""
        return before, self._operand(index + 1)

    def index(self, offset: int) -> int | None:
        """The place of the token that begins at `offset`."""
        return next((place for place, token in enumerate(self.tokens) if token.start == offset), None)

    def before(self, offset: int, steps: int = 1) -> str:
        """The token so many places before the one at `offset`, keywords in capitals."""
        index = self.index(offset) or 0
        return self._key(index - steps)

    def called_with(self, offset: int) -> WrittenName | None:
        """The function of which the token at `offset` is the first argument."""
        index = self.index(offset) or 0
        return self.name_at(self.tokens[index - 2].start) if index >= 2 and self._key(index - 1) == "(" else None

    def _operand(self, index: int) -> str:
        """The plain name, text or number at `index`, also with its type before it: `INTERVAL '1 day'`."""
        if index < len(self.tokens) and self.tokens[index].kind in ("string", "number"):
            return self._text(index, index)
        name = self.name_at(self.tokens[index].start) if index < len(self.tokens) else None
        if name is None or self.call_at(name.offset):
            return ""
        is_typed = index + 1 < len(self.tokens) and self.tokens[index + 1].kind == "string"
        return self._text(index, index + 1) if is_typed else name.text

    def _alias(self, read: TableRead) -> str:
        after = next((place for place, token in enumerate(self.tokens) if token.start >= read.offset + read.length), -1)
        after += self._key(after) == "AS"
        if 0 <= after < len(self.tokens) and self._is_name(after) and self._key(after) not in _BEHIND_TABLES:
            return self._text(after, after)
        written = self.name_at(read.offset)
        return written.last if written else read.name

    def _ctes(self) -> Iterator[str]:
        for place in range(1, len(self.tokens) - 1):
            opens = self._key(place + 1) in ("AS", "(") and self._key(place - 1) in ("WITH", "RECURSIVE", ",")
            if opens and self._is_name(place) and "WITH" in (token.key for token in self.tokens[:place]):
                yield folded(self._text(place, place))

    def _arguments(self, opening: int, closing: int) -> Iterator[str]:
        start = opening + 1
        for place in range(opening + 1, closing + 1):
            ends = place == closing or (self._key(place) == "," and self.tokens[place].group == opening)
            if ends and place > start:
                yield self._text(start, place - 1)
                start = place + 1

    def _closing(self, opening: int) -> int:
        around = self.tokens[opening].group
        inner = range(opening + 1, len(self.tokens))
        return next((place for place in inner if self.tokens[place].group == around), len(self.tokens) - 1)

    def _is_plain(self, index: int) -> bool:
        return self._is_name(index) and self._key(index) not in _BEHIND_TABLES

    def _is_name(self, index: int) -> bool:
        return self.tokens[index].kind in ("word", "name")

    def _key(self, index: int) -> str:
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def _text(self, first: int, last: int) -> str:
        return self.sql[self.tokens[first].start : self.tokens[last].end]


# Words that may follow a table or stand before an operator, and are no names there.
_CLAUSES = ("SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "ON")
_BEHIND_TABLES = frozenset(
    (
        *("AND", "BETWEEN", "CASE", "CROSS", "ELSE", "END", "EXCEPT", "FETCH", "FOR", "FULL", "GROUP", "HAVING", "IN"),
        *("INNER", "INTERSECT", "IS", "JOIN", "LEFT", "LIMIT", "MINUS", "NATURAL", "NOT", "OFFSET", "ON", "OR"),
        *("ORDER", "QUALIFY", "RIGHT", "SELECT", "TABLESAMPLE", "THEN", "UNION", "USING", "WHEN", "WHERE", "WINDOW"),
    )
)
