"""The schemas explain the format to somebody who has nothing else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docs_pages.schema_key import Schema, SchemaKey, keys_of, resolved_schema

TABLE, DEFAULTS, SOURCES = (resolved_schema(name) for name in ("summary_table", "defaults", "sources"))


def every_key(schema: Schema, path: str) -> Iterator[tuple[str, SchemaKey]]:
    for key in keys_of(schema):
        yield f"{path}.{key.name}", key
        if key.inner:
            yield from every_key(key.inner, f"{path}.{key.name}")


KEYS = [*every_key(TABLE, "table"), *every_key(DEFAULTS, "defaults"), *every_key(SOURCES, "sources")]
BY_PATH = pytest.mark.parametrize("key", [key for _, key in KEYS], ids=[path for path, _ in KEYS])


@BY_PATH
def test_key_has_a_title_and_one_plain_sentence(key: SchemaKey) -> None:
    assert key.schema["title"]
    description = key.schema["description"]
    assert description.endswith(".")
    assert not set("`*_[]") & set(description), "plain text: other editors show Markdown as it is"


@BY_PATH
def test_key_says_what_holds_without_it(key: SchemaKey) -> None:
    default = key.schema.get("default")
    if default not in (None, {}):
        assert f"`{json.dumps(default).strip(chr(34))}`" in key.left_out
    if key.schema in (*TABLE["properties"].values(), *SOURCES["properties"].values()):
        assert bool(key.left_out) != key.is_required


@BY_PATH
def test_key_that_defaults_may_set_says_so(key: SchemaKey) -> None:
    if DEFAULTS["properties"].get(key.name) == key.schema and key.schema in TABLE["properties"].values():
        assert key.left_out.startswith("what `defaults.yaml` says, else ")


@BY_PATH
def test_value_of_the_wrong_kind_is_answered_in_plain_words(key: SchemaKey) -> None:
    if key.schema.get("type") != "object":
        assert key.schema["errorMessage"].startswith("must be ")
    assert key.schema.get("patternErrorMessage", "must be").startswith("must ")


@BY_PATH
def test_each_choice_is_explained(key: SchemaKey) -> None:
    # Names of places need no words.
    if key.name != "timezone":
        assert len(key.schema.get("markdownEnumDescriptions", ())) == len(key.schema.get("enum", ()))


@BY_PATH
def test_examples_are_allowed(key: SchemaKey) -> None:
    examples: list[Any] = [
        *key.schema.get("examples", ()),
        *([key.schema["default"]] if "default" in key.schema else []),
    ]
    for example in examples:
        assert list(Draft202012Validator(dict(key.schema)).iter_errors(example)) == []


def test_every_top_level_key_shows_an_example() -> None:
    for key in (*keys_of(TABLE), *keys_of(DEFAULTS), *keys_of(SOURCES)):
        assert "```yaml" in key.markdown or key.schema.get("examples") or "default" in key.schema, key.name


def test_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(dict(TABLE))
    Draft202012Validator.check_schema(dict(DEFAULTS))
    Draft202012Validator.check_schema(dict(SOURCES))
