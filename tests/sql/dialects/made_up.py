"""Teapot, a warehouse that nobody has: some statements of its own, the others PostgreSQL's, and no indexes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from summary_tables.model.problem import Finding, Span
from summary_tables.model.table import Attributes, Index
from summary_tables.sql.dialect import Dialect, Functions, Grammar, Phrases
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.statements.statements import Statements
from summary_tables.sql.tokens.lexical import Lexical
from summary_tables.sql.tokens.tokens import tokens

LEXICAL = Lexical(backslash_escapes=True, hash_names=True, folds_quoted_names=True, longest_name=20)


@dataclass(frozen=True)
class Versions:
    """Written anew, and not one of PostgreSQL's with changes."""

    pot: str

    def create_versions_schema(self) -> str:
        return f"CREATE POT {self.pot}"

    def create_version(self, version: str, attributes: Attributes, query: str) -> str:
        style = f" {attributes.diststyle.upper()}" if attributes.diststyle else ""
        return f"BREW {self.pot}.{version}{style} FROM\n{query}"

    def create_index(self, version: str, index: Index) -> tuple[str, ...]:  # noqa: ARG002 - there are none
        return ()

    def count_rows(self, version: str) -> str:
        return f"COUNT CUPS OF {self.pot}.{version}"

    def analyze(self, version: str) -> str:
        return f"TASTE {self.pot}.{version}"

    def drop_version(self, version: str) -> str:
        return f"POUR OUT {self.pot}.{version}"

    def standing_tables(self) -> str:
        return f"SHOW CUPS OF {self.pot}"


@dataclass(frozen=True)
class Locks:
    """There are none."""

    def limit_lock_waits(self) -> tuple[str, ...]:
        return ()

    def lock_table(self, schema: str, table: str) -> str:
        return f"GUARD {schema}.{table}"

    def lock_setup(self) -> tuple[str, ...]:
        return ()

    def lock_holders(self, schema: str, table: str) -> tuple[str, ...]:  # noqa: ARG002 - there are none
        return ()

    def old_snapshots(self, version: str) -> tuple[str, ...]:  # noqa: ARG002 - there are none
        return ()


def statements(versions_schema: str) -> Statements:
    return replace(
        POSTGRES.statements(versions_schema),
        versions=Versions(versions_schema),
        locks=Locks(),
        filling=None,
        copying=None,
        comparing=None,
        indexes=None,
        retyping=None,
        migration=None,
    )


def readable(sql: str) -> str:
    """BREWED is what others call WHERE."""
    plain = re.sub(r"'(?:[^'\\]|\\.)*'", lambda text: f"'{'x' * (len(text[0]) - 2)}'", sql)
    return re.sub(r"\bBREWED\b", "WHERE ", plain)


def refusals(sql: str) -> Iterator[Finding[Span]]:
    for token in tokens(sql, LEXICAL):
        if token.key == "COALESCE":
            message = "Teapot has no function `COALESCE`"
            yield Finding(place=Span(token.start, token.end - token.start), message=message, fix="write `POUR(a, b)`")


DIALECT = Dialect(
    name="teapot",
    title="Teapot",
    lexical=LEXICAL,
    grammar=Grammar(readable=readable, own_words=frozenset(("BREWED",)), sqlglot="postgres", unnests_columns=False),
    functions=Functions(
        foreign=MappingProxyType({"ifnull": "`POUR(a, b)`"}),
        newer=frozenset(),
        date_arithmetic=MappingProxyType({}),
        acting=MappingProxyType({"boil_over": "wets other sessions"}),
        acting_extensions=MappingProxyType({}),
        are_known=False,
    ),
    types=POSTGRES.types,
    phrases=Phrases(fractions="sip", join_texts="STIR(name)", json_key="/{}"),
    statements=statements,
    refusals=refusals,
    settings=frozenset(("diststyle",)),
    catalog_prefixes=("tea_",),
    needs_typed_dates=False,
    having_knows_aliases=True,
    runs_on_postgres=False,
)
