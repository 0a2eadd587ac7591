"""Keys that are not those of the format, in words."""

import json

import pytest

from summary_tables.configs.schema import check as schema_check
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from tests.configs.schema.findings import GOOD, TABLE, in_words, said


@pytest.mark.parametrize("key", sorted(TABLE["required"]))
def test_misspelt_required_key_is_one_problem(key: str) -> None:
    written = {f"{name}x" if name == key else name: value for name, value in GOOD.items()}
    found = said(json.dumps(written))
    assert len(found) == 1
    assert f"error[unknown-key] `{key}x` is not a key of this file; fix: rename it to `{key}`" in found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("op: '≥'", "7:9: error[value] `op` of `input_check` item 1 is \"≥\"; it can be `ge`, `eq`, `le`, `gt`, "
         "`lt`, `ne`; fix: write `ge`"),
        ("count: ≥ 12", "7:5: error[duplicate-key] `count` is already set on line 6; fix: delete one of the two"),
        ("threshold: 3", "7:5: error[unknown-key] `threshold` is not a key of `input_check` item 1; "
         "fix: delete it, or the `count` that is set on line 6"),
        ("sqll: x", "7:5: error[unknown-key] `sqll` is not a key of `input_check` item 1; "
         "fix: delete it, or the `sql` that is set on line 5"),
        ("columns: [a]", "7:5: error[unknown-key] `columns` is not a key of `input_check` item 1; "
         "fix: move it out of here, to a line of its own that begins in the first column"),
    ],
)  # fmt: skip
def test_check_items(text: str, expected: str) -> None:
    written = (
        "table: t\nschema: s\nmain_sql: SELECT 1\ninput_check:\n  - sql: SELECT 1\n    count: 1\n    " + text + "\n"
    )
    document = yaml_document.parse(written.encode())
    found = document if isinstance(document, tuple) else schema_check.findings(document, "summary_table")
    assert in_words(found, "x.yaml") == [f"x.yaml:{expected}"]


def test_defaults_do_not_get_the_keys_of_tables() -> None:
    document = yaml_document.parse(b"name: x\nmain_sql: y\nslack: {connid: z}\n")
    assert isinstance(document, YamlDocument)
    first, second, third = in_words(schema_check.findings(document, "defaults"), "defaults.yaml")
    assert first.startswith("defaults.yaml:1:1: error[unknown-key] `name` is not a key of this file; fix: the keys")
    assert second == (
        "defaults.yaml:2:1: error[unknown-key] `main_sql` is not a key of this file; "
        "fix: move it to the file of its table: tables do not share it"
    )
    assert (
        third == "defaults.yaml:3:9: error[unknown-key] `connid` is not a key of `slack`; fix: rename it to `conn_id`"
    )
