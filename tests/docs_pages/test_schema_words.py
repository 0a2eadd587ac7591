"""The schemas explain the format to somebody who has nothing else."""

import json
from collections.abc import Callable, Iterator

from jsonschema import Draft202012Validator

from docs_pages.schema_key import Schema, SchemaKey, keys_of, resolved_schema

TABLE, DEFAULTS, SOURCES = (resolved_schema(name) for name in ("summary_table", "defaults", "sources"))
PROJECT = resolved_schema("dbt_project")


def every_key(schema: Schema, path: str) -> Iterator[tuple[str, SchemaKey]]:
    for key in keys_of(schema):
        yield f"{path}.{key.name}", key
        if key.inner:
            yield from every_key(key.inner, f"{path}.{key.name}")


KEYS = [
    *every_key(TABLE, "table"),
    *every_key(DEFAULTS, "defaults"),
    *every_key(SOURCES, "sources"),
    *every_key(PROJECT, "project"),
]


def wrong(is_right: Callable[[SchemaKey], bool]) -> list[str]:
    """The paths of the keys that are not as they should be: one test a key would take longer than all it looks at."""
    return [path for path, key in KEYS if not is_right(key)]


def test_keys_have_a_title_and_one_plain_sentence() -> None:
    """Plain text: other editors show Markdown as it is."""

    def is_plain(key: SchemaKey) -> bool:
        description = key.schema["description"]
        return bool(key.schema["title"]) and description.endswith(".") and not set("`*_[]") & set(description)

    assert wrong(is_plain) == []


def test_keys_say_what_holds_without_them() -> None:
    def is_said(key: SchemaKey) -> bool:
        default = key.schema.get("default")
        return default in (None, {}) or f"`{json.dumps(default).strip(chr(34))}`" in key.left_out

    assert wrong(is_said) == []
    tops = [top for schema in (TABLE, SOURCES, PROJECT) for top in schema["properties"].values()]
    assert wrong(lambda key: key.schema not in tops or bool(key.left_out) != key.is_required) == []


def test_keys_that_defaults_may_set_say_so() -> None:
    common = [name for name, schema in DEFAULTS["properties"].items() if schema in TABLE["properties"].values()]

    def is_said(key: SchemaKey) -> bool:
        is_common = key.name in common and DEFAULTS["properties"][key.name] == key.schema
        return not is_common or key.left_out.startswith("what `defaults.yaml` says, else ")

    assert common
    assert wrong(is_said) == []


def test_values_of_the_wrong_kind_are_answered_in_plain_words() -> None:
    def is_answered(key: SchemaKey) -> bool:
        kind = key.schema.get("type") == "object" or key.schema["errorMessage"].startswith("must be ")
        return kind and str(key.schema.get("patternErrorMessage", "must be")).startswith("must ")

    assert wrong(is_answered) == []


def test_each_choice_is_explained() -> None:
    def are_explained(key: SchemaKey) -> bool:
        # Names of places need no words.
        explained = key.schema.get("markdownEnumDescriptions", ())
        return key.name == "timezone" or len(explained) == len(key.schema.get("enum", ()))

    assert wrong(are_explained) == []


def test_examples_are_allowed() -> None:
    def are_allowed(key: SchemaKey) -> bool:
        default = [key.schema["default"]] if "default" in key.schema else []
        validator = Draft202012Validator(dict(key.schema))
        return all(validator.is_valid(example) for example in (*key.schema.get("examples", ()), *default))

    assert wrong(are_allowed) == []


def test_every_top_level_key_shows_an_example() -> None:
    for key in (*keys_of(TABLE), *keys_of(DEFAULTS), *keys_of(SOURCES), *keys_of(PROJECT)):
        assert "```yaml" in key.markdown or key.schema.get("examples") or "default" in key.schema, key.name


def test_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(dict(TABLE))
    Draft202012Validator.check_schema(dict(DEFAULTS))
    Draft202012Validator.check_schema(dict(SOURCES))
    Draft202012Validator.check_schema(dict(PROJECT))
