"""Other words for keys lead to keys that stand there."""

from summary_tables.configs.schema.key_synonyms import other_words
from summary_tables.configs.schema_files import load_schema, owners_of_keys
from tests.configs.schema.findings import KEYS, TABLE


def keys_below(name: str) -> set[str]:
    """Of a kind of check, or a kind of `refresh`."""
    refresh = next(each["properties"] for each in TABLE["properties"]["refresh"]["oneOf"] if "properties" in each)
    return set({**TABLE["$defs"]["check"]["properties"], **refresh}[name]["properties"])


def test_other_words_name_keys_of_sources() -> None:
    top = load_schema("sources")["properties"]
    tables = top["tables"]["items"]["properties"]
    known = {
        "sources": top,
        "tables": tables,
        "source_types": top["types"]["items"]["properties"],
        "loaded_at": tables["loaded_at"]["properties"],
    }
    for owner, keys in known.items():
        assert set(other_words(owner).values()) <= keys.keys(), owner
        assert not keys.keys() & other_words(owner), owner


def test_other_words_name_keys_that_stand_there() -> None:
    with_others = {owner: words for owner in ("", "check", *KEYS) if (words := other_words(owner))}
    assert {"", "check", "columns", "freshness", "merge"} <= with_others.keys()
    for owner, words in with_others.items():
        known = {key for key, owners in owners_of_keys().items() if owner in owners} or keys_below(owner)
        assert set(words.values()) <= known | ({"after"} if not owner else set()), owner
        assert not known.intersection(words), owner
