"""A kind of check that the product does not have: its class, and what the schema says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from summary_tables.checks.check import Flaw, OtherTable
from summary_tables.checks.check_sql import column_sql, table_sql, text_sql
from summary_tables.checks.value_check import ValueCheck

EXAMPLE = {"column": "code", "like": "^a", "known_in": "raw_data.codes", "known_as": "code"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCode(ValueCheck):
    """Each text of `column` that is like `like` stands in `known_as` of the table `known_in`."""

    KEY: ClassVar[str] = "known_code"
    HAS_SHARES: ClassVar[bool] = True
    NUMBER_MEANS: ClassVar[str] = "least"
    NOT_OF_WHOLE_TABLE: ClassVar[str] = "looks at new codes only"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("code_list",)
    OTHER_KEYS: ClassVar[Mapping[str, str]] = {"codes": "known_in"}
    WRONG_TYPES: ClassVar[frozenset[str]] = frozenset({"date"})
    WRONG: ClassVar[tuple[str, str]] = ("that nobody knows", "that nobody knows")
    NONE_WRONG: ClassVar[str] = "no other"

    like: str
    known_in: str
    known_as: str
    least: float = 1

    @property
    def others(self) -> tuple[OtherTable, ...]:
        return (OtherTable(key="known_in", table=self.known_in, columns={"known_as": self.known_as}),)

    @property
    def patterns(self) -> Mapping[str, str]:
        return {"like": self.like}

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        return Flaw(key="like", why="no text is like that", fix="write `^a`") if self.like == "$a" else None

    def never_passes(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        return Flaw(key="known_as", why="nobody knows it", fix="name another") if self.known_as == "nothing" else None

    def _wrong(self) -> str:
        column, known = column_sql(self.column), column_sql(self.known_as)
        found = f"SELECT 1 FROM {table_sql(self.known_in)} AS known WHERE known.{known} = checked.{column}"
        return f"CAST({column} AS VARCHAR) ~ {text_sql(self.like)} AND NOT EXISTS ({found})"

    def _expected(self) -> str:
        return f"known codes in {self.column}"


def add_to_schema(schema: dict[str, Any]) -> None:
    """What `schemas/summary_table.schema.json` has of it."""
    texts = {key: {"type": "string", "description": key, "examples": [value]} for key, value in EXAMPLE.items()}
    check = schema["$defs"]["check"]
    check["oneOf"].append({**check["oneOf"][0], "required": [KnownCode.KEY]})
    check["properties"][KnownCode.KEY] = {
        "type": "object",
        "additionalProperties": False,
        "required": list(EXAMPLE),
        "properties": {**texts, "least": {"type": "number", "description": "least", "maximum": 1}},
        "examples": [EXAMPLE],
    }
    whole = {"not": {"type": "object", "required": [KnownCode.KEY, "whole_table"]}}
    schema["properties"]["output_check"]["items"]["allOf"].append(whole)
