"""Values of another type than the schema wants, in words."""

import pytest

from summary_tables.configs.schema import check as schema_check
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from tests.configs.schema.findings import said


def test_crons_in_a_list_are_not_taken_for_tables() -> None:
    start = "table: t\nschema: s\nmain_sql: SELECT 1 AS one\nschedule: "
    message = "x.yaml:4:11: error[value] `schedule` must be a text or `after:`, not a list"
    assert said(start + '["0 3 * * 1-5", "0 9 * * 6"]\n') == [message]
    assert said(start + "[s.a, s.b]\n") == [message + "; fix: write `{after: [s.a, s.b]}`"]


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
