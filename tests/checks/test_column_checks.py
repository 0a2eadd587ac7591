"""A check below `checks` of a column is the check of `output_check`, without the column that it would name there."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from summary_tables.checks import CHECK_KINDS, check_from_item
from summary_tables.checks.column_checks import item_for_column, words
from summary_tables.configs.schema_files import SCHEMAS, load_schema

SCHEMA_FILE = SCHEMAS / "summary_table.schema.json"
CHECK: dict[str, Any] = load_schema("summary_table")["$defs"]["check"]
COLUMN_CHECK: dict[str, Any] = load_schema("summary_table")["$defs"]["column_check"]
NOT_OF_A_COLUMN = ("count", "op", "table")


def derived() -> dict[str, Any]:
    """`column_check` as it follows from `check`."""
    of_columns = [
        key for key in kinds() if key in words() or "column" in CHECK["properties"][key].get("properties", {})
    ]
    beside = [key for key in CHECK["properties"] if key not in (*kinds(), *NOT_OF_A_COLUMN)]
    needs = {"errorMessage": f"needs one kind of check: {of_columns[0]}, {of_columns[-1]} or another"}
    rest = {
        "additionalProperties": False,
        "oneOf": [{"type": "string"}, *({"type": "object", "required": [key], **needs} for key in of_columns)],
        "properties": {
            **{key: of_word(key) if key in words() else of_kind(key) for key in of_columns},
            **{key: {"$ref": f"#/$defs/check/properties/{key}"} for key in beside},
        },
    }
    return {**{key: value for key, value in COLUMN_CHECK.items() if key != "allOf"}, **rest}


def kinds() -> list[str]:
    return [kind.KEY for kind in CHECK_KINDS.values()]


def of_word(key: str) -> dict[str, Any]:
    described = {name: CHECK["properties"][key][name] for name in ("title", "description")}
    error = f"must be written as the word {key}; as {key}: true where something stands beside it"
    choices = {"enum": [True], "markdownEnumDescriptions": ["The column is checked."]}
    return {**described, **choices, "errorMessage": error, "examples": [True]}


def of_kind(key: str) -> dict[str, Any]:
    kind = CHECK["properties"][key]
    leaves = {name: {"$ref": f"#/$defs/check/properties/{key}/properties/{name}"} for name in kind["properties"]}
    return {
        **kind,
        "markdownDescription": without_column(kind["markdownDescription"]),
        "errorMessage": without_column(kind["errorMessage"]),
        "required": [name for name in kind["required"] if name != "column"],
        "properties": {name: leaf for name, leaf in leaves.items() if name != "column"},
        "examples": [{name: part for name, part in each.items() if name != "column"} for each in kind["examples"]],
    }


def without_column(words: str) -> str:
    return re.sub(r"\{column: \w+, ", "{", words)


def rewritten(path: Path) -> str:
    """The schema file with `column_check` as it follows."""
    block = json.dumps({"column_check": derived()}, indent=2, ensure_ascii=False)[1:-1].strip("\n")
    lines = "\n".join(f"  {line}" for line in block.splitlines())
    old = re.compile(r'^    "column_check": \{$.*?^    \}(,?)$', flags=re.DOTALL | re.MULTILINE)
    return old.sub(lambda found: f"{lines}{found[1]}", path.read_text("utf-8"))


def test_the_schema_of_a_columns_check_follows_from_that_of_a_check() -> None:
    """`make golden` writes it."""
    if os.environ.get("UPDATE_GOLDEN"):
        SCHEMA_FILE.write_text(rewritten(SCHEMA_FILE), "utf-8")
    assert load_schema("summary_table")["$defs"]["column_check"] == derived()


@pytest.mark.parametrize("key", COLUMN_CHECK["oneOf"][1:], ids=lambda key: str(key["required"][0]))
def test_a_check_of_a_column_is_the_check_that_names_it(key: dict[str, Any]) -> None:
    (kind,) = key["required"]
    for example in COLUMN_CHECK["properties"][kind]["examples"]:
        check = check_from_item(item_for_column("날짜", {kind: example, "name": "a"}))
        assert (check.KEY, check.columns, check.label()) == (kind, ("날짜",), "a")


@pytest.mark.parametrize("word", words())
def test_a_word_is_a_check(word: str) -> None:
    assert check_from_item(item_for_column("date", word)).columns == ("date",)
