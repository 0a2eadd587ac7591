"""What the schema refuses is said once, in words of the format, whatever the data is."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from summary_tables.configs.schema import check as schema_check
from summary_tables.configs.schema.key_synonyms import other_words
from summary_tables.configs.schema_files import SCHEMAS, SchemaName, known_keys, load_schema, owners_of_keys
from summary_tables.configs.synonyms import OPERATOR_WORDS
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place, Problem

TABLE = load_schema("summary_table")
KEYS = sorted(known_keys())
GOOD = {"table": "t", "schema": "analytics", "main_sql": "SELECT 1 AS one"}


def in_words(findings: Iterable[Finding[Place]], file: str) -> list[str]:
    return [str(Problem.of(finding, Path(file), file=file)) for finding in findings]


def said(text: str) -> list[str]:
    document = yaml_document.parse(text.encode())
    assert isinstance(document, YamlDocument), document
    return in_words(schema_check.findings(document, "summary_table"), "x.yaml")


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**6)
    | st.floats(-1e6, 1e6)
    | st.text("aZ1_.-@{<>=*: 요\u00a0", max_size=8)
)
NAMES = st.sampled_from(KEYS) | st.sampled_from(sorted(other_words(""))) | st.text("abc_-•", max_size=4)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=8
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, VALUES, max_size=6), st.booleans())
@example(data={"table": {"-": None}}, flow=True)
@example(data={"table": {"accepted_values": "{"}}, flow=True)
def test_any_data_gets_words_without_raw_objects(data: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump({**GOOD, **data}, allow_unicode=True, default_flow_style=flow)
    document = yaml_document.parse(text.encode())
    if isinstance(document, YamlDocument):
        for schema in get_args(SchemaName):
            for problem in schema_check.findings(document, schema):
                assert problem.place.line >= 1
                assert problem.place.column >= 1
                assert problem.place.length >= 1
                assert "{'" not in problem.message
                assert "$" not in problem.message
                if problem.edit:
                    assert 0 <= problem.edit.start <= problem.edit.end <= len(text)


def test_a_list_that_is_too_long_is_said_once_and_not_looked_through() -> None:
    check = {"sql": "SELECT 1", "count": 1}
    assert said(json.dumps({**GOOD, "output_check": [check] * 500})) == []
    too_many = [check, {"sqll": 1}, *[check] * 498, *[{"xyz": 1}] * 500]
    assert said(json.dumps({**GOOD, "output_check": too_many})) == [
        "x.yaml:1:86: error[value] `output_check` has 1,000 items; at most 500 are allowed; fix: delete some",
        "x.yaml:1:121: error[unknown-key] `sqll` is not a key of `output_check` item 2; fix: rename it to `sql`",
    ]


def keys_below(name: str) -> set[str]:
    """Of a kind of check, or a kind of `refresh`."""
    refresh = next(each["properties"] for each in TABLE["properties"]["refresh"]["oneOf"] if "properties" in each)
    return set({**TABLE["$defs"]["check"]["properties"], **refresh}[name]["properties"])


def test_other_words_name_keys_that_stand_there() -> None:
    with_others = {owner: words for owner in ("", "check", *KEYS) if (words := other_words(owner))}
    assert {"", "check", "columns", "freshness", "merge"} <= with_others.keys()
    for owner, words in with_others.items():
        known = {key for key, owners in owners_of_keys().items() if owner in owners} or keys_below(owner)
        assert set(words.values()) <= known | ({"after"} if not owner else set()), owner
        assert not known.intersection(words), owner


def test_signs_mean_words_of_op() -> None:
    assert set(OPERATOR_WORDS.values()) == set(TABLE["$defs"]["check"]["properties"]["op"]["enum"])


def test_keys_and_where_they_stand() -> None:
    owners = owners_of_keys()
    assert {key for key, found in owners.items() if "" in found} == TABLE["properties"].keys()
    assert owners["distkey"] == ("attributes",)
    assert owners["columns"] == ("", "indexes")
    assert owners["after"] == ("schedule",)
    assert owners["count"] == ("check",)


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


def test_cut_query_only_where_it_cannot_work() -> None:
    start = "table: t\nschema: s\n"
    assert said(start + "main_sql: SELECT 1 AS one # it's fine\n") == []
    assert said(start + "main_sql: SELECT 1 AS one -- it's #1\n") == []
    assert said(start + "main_sql: SELECT ' AS one #' AS one\n") == [
        "x.yaml:3:27: error[value] everything after ` #` is a comment to YAML: `main_sql` ends with `SELECT ' AS one`; "
        "fix: write `main_sql: |` and begin the SQL on the next line"
    ]


def test_two_spellings_of_a_number_are_two_values() -> None:
    start = "table: t\nschema: s\nmain_sql: SELECT 1 AS one\noutput_check:\n  - accepted_values: {column: one, values: "
    assert said(start + "[1.1, 1.10]}\n") == []
    assert said(start + "[1.1, 1.10, 1.10]}\n") == [
        "x.yaml:5:56: error[value] `values` of `accepted_values` of `output_check` item 1 names something twice; "
        "fix: delete one of the two"
    ]


def test_crons_in_a_list_are_not_taken_for_tables() -> None:
    start = "table: t\nschema: s\nmain_sql: SELECT 1 AS one\nschedule: "
    message = "x.yaml:4:11: error[value] `schedule` must be a text or `after:`, not a list"
    assert said(start + '["0 3 * * 1-5", "0 9 * * 6"]\n') == [message]
    assert said(start + "[s.a, s.b]\n") == [message + "; fix: write `{after: [s.a, s.b]}`"]


def test_schemas_are_found_in_a_checkout() -> None:
    assert Path(__file__).parents[3] / "schemas" == SCHEMAS


@pytest.mark.parametrize("dash", ["", "-", "•", "• "])
def test_fix_of_an_item_without_dash_keeps_all_of_it(dash: str) -> None:
    start = "table: t\nschema: s\nmain_sql: SELECT 1\ninput_check:\n"
    item = f"  {dash}sql: |\n      SELECT 1\n\n      FROM a\n  {' ' * len(dash)}count: 1\nowner: x\n"
    if dash:
        item = f"  {dash}sql: SELECT 1\nowner: x\n"
    document = yaml_document.parse((start + item).encode())
    assert isinstance(document, YamlDocument), document
    edit = schema_check.findings(document, "summary_table")[0].edit
    assert edit
    text = document.text[: edit.start] + edit.text + document.text[edit.end :]
    fixed = yaml_document.parse(text.encode())
    assert isinstance(fixed, YamlDocument), fixed
    assert isinstance(fixed.data, dict)
    check = {"sql": "SELECT 1"} if dash else {"sql": "SELECT 1\n\nFROM a\n", "count": 1}
    assert fixed.data["input_check"] == [check]
    assert fixed.data["owner"] == "x"
