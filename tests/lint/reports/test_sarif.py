"""SARIF as GitHub's code scanning wants it: what the standard requires, and nothing it does not know."""

import json
from typing import Any
from urllib.parse import unquote

from hypothesis import given
from jsonschema import Draft202012Validator

from summary_tables.lint.reports.sarif import report
from summary_tables.lint.result import LintResult
from tests.lint.reports.found import FOUND, OPTIONS, any_result


def _record(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


# The objects that we write, as https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html defines them.
_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_NUMBER = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _record(["text"], text=_TEXT)
_ARTIFACT = _record(["uri"], uri={"type": "string", "pattern": r"^[!-~]*$"})
_RULE = _record(
    ["id"],
    id=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    defaultConfiguration=_record([], level=_LEVEL),
)
_REGION = _record(["startLine"], startLine=_NUMBER, startColumn=_NUMBER, endColumn=_NUMBER)
_REPLACEMENT = _record(
    ["deletedRegion"],
    deletedRegion=_record(["charOffset"], charOffset=_COUNT, charLength=_COUNT),
    insertedContent=_record([], text=_TEXT),
)
_CHANGE = _record(["artifactLocation", "replacements"], artifactLocation=_ARTIFACT, replacements=_list(_REPLACEMENT))
_LOCATION = _record([], physicalLocation=_record(["artifactLocation"], artifactLocation=_ARTIFACT, region=_REGION))
_RESULT = _record(
    ["message", "ruleId", "level", "locations"],
    ruleId=_TEXT,
    ruleIndex=_COUNT,
    level=_LEVEL,
    message=_MESSAGE,
    locations=_list(_LOCATION),
    fixes=_list(_record(["artifactChanges"], description=_MESSAGE, artifactChanges=_list(_CHANGE))),
)
_DRIVER = _record(["name"], name=_TEXT, version=_TEXT, rules=_list(_RULE))
_RUN = _record(
    ["tool", "results"],
    tool=_record(["driver"], driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=_list(_RESULT),
)
_LOG = _record(["version", "runs"], version={"const": "2.1.0"}, runs=_list(_RUN), **{"$schema": _TEXT})


@given(any_result())
def test_any_words_make_a_log(result: LintResult) -> None:
    log = json.loads(report(result, OPTIONS))
    assert [error.message for error in Draft202012Validator(_LOG).iter_errors(log)] == []
    rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    for found, problem in zip(log["runs"][0]["results"], result.problems, strict=True):
        assert rules[found["ruleIndex"]] == found["ruleId"] == problem.rule


def test_places_and_fixes() -> None:
    results = json.loads(report(FOUND, OPTIONS))["runs"][0]["results"]
    places = [found["locations"][0]["physicalLocation"] for found in results]
    assert unquote(places[-1]["artifactLocation"]["uri"]) == "dag_configs/nps_summary.yaml"
    assert "region" not in places[0]
    assert places[-1]["region"] == {"startLine": 5, "startColumn": 1, "endColumn": 12}
    assert [len(found.get("fixes", ())) for found in results] == [0, 0, 0, 0, 1]
