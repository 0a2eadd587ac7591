"""What one warehouse spells otherwise than others, lacks or has besides: a record made by its folder in `dialects`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.statements.comparing import ComparedAs
from summary_tables.sql.statements.statements import Statements
from summary_tables.sql.tokens.lexical import Lexical


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How queries are read: by PostgreSQL's grammar, and by sqlglot where that knows too little.

    `readable` puts what the warehouse has besides in words of PostgreSQL, in a text of the same length. `own_words` are
    the keywords, in capitals, of what it has besides; none: its grammar is PostgreSQL's. `sqlglot` is its name there.
    `unnests_columns`: `FROM orders o, o.items` takes a column apart.
    """

    readable: Callable[[str], str]
    own_words: frozenset[str]
    sqlglot: str
    unnests_columns: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Functions:
    """What is known of functions, by their names in small letters.

    `foreign`: those that only other databases have, and what is written instead; newer versions of the warehouse have
    those in `newer`. `date_arithmetic`: of some of them, what is written instead by what stands in their brackets.
    `acting` are the server's own that do something else than compute, `acting_extensions` those of its extensions: what
    each of them does, to follow its name. `are_known`: PostgreSQL's catalog says which arguments a function takes.
    """

    foreign: Mapping[str, str]
    newer: frozenset[str]
    date_arithmetic: Mapping[str, Callable[[Sequence[str]], str]]
    acting: Mapping[str, str]
    acting_extensions: Mapping[str, str]
    are_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRules:
    """What is known of two types, by the full names that the catalog has; the wider one comes first.

    `holds`: each value of the narrower one is one of the wider, unchanged. `is_stored_alike`: with the same bytes, too;
    where that is not certain, it is not. `gets_fractions`: dividing gives another result in the wider one.
    `as_cast`: one type alone, as a CAST takes it. `full_name`: that of a type in any spelling, empty for one that the
    warehouse does not have itself; `names`: what its types are called, for those who misspelt one. `compared_as`: how
    values of a type before and a type after a change are compared.
    """

    holds: Callable[[str, str], bool]
    is_stored_alike: Callable[[str, str], bool]
    gets_fractions: Callable[[str, str], bool]
    as_cast: Callable[[str], str]
    full_name: Callable[[str], str]
    names: Callable[[], Sequence[str]]
    compared_as: Callable[[str, str], ComparedAs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """How a fix spells what every warehouse has. `fractions`: the type that dividing needs; `join_texts`: a call that
    makes one text of many rows; `json_key`: what stands behind a value for one key of it, with `{}` for the key.
    """

    fractions: str
    join_texts: str
    json_key: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dialect:
    """`name` is that of `warehouse.dialect` in `defaults.yaml` and of its folder, `title` the one that people know.

    `statements` makes all that is sent, by the schema of the versions. `refusals` finds what a query has of
    PostgreSQL's that the warehouse lacks. `settings` are the keys of a table's layout and limits that mean something to
    it. `catalog_prefixes`: how names of the server's own tables begin. `needs_typed_dates`: a date in quotes takes the
    type of what it is reckoned with. `having_knows_aliases`: names that SELECT gives mean something in HAVING.
    `runs_on_postgres`: a PostgreSQL server can stand in for the warehouse, in previews and in tests of queries.
    """

    name: str
    title: str
    lexical: Lexical
    grammar: Grammar
    functions: Functions
    types: TypeRules
    phrases: Phrases
    statements: Callable[[str], Statements]
    refusals: Callable[[str], Iterable[Finding[Span]]]
    settings: frozenset[str]
    catalog_prefixes: tuple[str, ...]
    needs_typed_dates: bool
    having_knows_aliases: bool
    runs_on_postgres: bool
