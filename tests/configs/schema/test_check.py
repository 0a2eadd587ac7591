"""What the schema refuses is said once, in words of the format, whatever the data is."""

import json
from typing import Any, get_args

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from summary_tables.configs.schema import check as schema_check
from summary_tables.configs.schema.key_synonyms import other_words
from summary_tables.configs.schema_files import SchemaName
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from tests.configs.schema.findings import GOOD, KEYS, said

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
@example(data={"priority": {"accepted_values": None}}, flow=False)
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


def test_two_spellings_of_a_number_are_two_values() -> None:
    start = "table: t\nschema: s\nmain_sql: SELECT 1 AS one\noutput_check:\n  - accepted_values: {column: one, values: "
    assert said(start + "[1.1, 1.10]}\n") == []
    assert said(start + "[1.1, 1.10, 1.10]}\n") == [
        "x.yaml:5:56: error[value] `values` of `accepted_values` of `output_check` item 1 names something twice; "
        "fix: delete one of the two"
    ]
