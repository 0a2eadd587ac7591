"""For code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult
from summary_tables.lint.rule_index import RULE_IDS, level_of, manual_of, summary_of
from summary_tables.model.problem import Edit, Level, Problem
from summary_tables.text.visible import visible

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "note"}


def report(result: LintResult, options: ReportOptions) -> str:
    """One run with all problems and the rules that they break."""
    rules = sorted({problem.rule for problem in result.problems})
    run = {
        "tool": {"driver": {"name": "summary-tables", "version": _version(), "rules": list(map(_rule, rules))}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, rules, options) for problem in result.problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _version() -> str:
    try:
        return version("summary-tables")
    except PackageNotFoundError:  # a deployment that mounts plugins/ installs nothing
        return "0"


def _rule(rule: str) -> Mapping[str, Any]:
    if rule not in RULE_IDS:
        return {"id": rule}
    return {
        "id": rule,
        "shortDescription": {"text": summary_of(rule)},
        "fullDescription": {"text": manual_of(rule)},
        "defaultConfiguration": {"level": _LEVELS[level_of(rule)]},
    }


def _result(problem: Problem, rules: Sequence[str], options: ReportOptions) -> Mapping[str, Any]:
    artifact = {"uri": quote(options.relative(problem.path), errors="replace")}
    words = f"{problem.message}\nfix: {problem.fix}" if problem.fix else problem.message
    found: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": rules.index(problem.rule),
        "level": _LEVELS[problem.level],
        "message": {"text": "\n".join(map(visible, words.splitlines()))},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, **_region(problem)}}],
    }
    if problem.edit and problem.fix:
        found["fixes"] = [_fix(problem.fix, problem.edit, artifact)]
    return found


def _region(problem: Problem) -> Mapping[str, Any]:
    if not problem.line:
        return {}
    end = problem.column + max(problem.length, 1)
    return {"region": {"startLine": problem.line, "startColumn": problem.column, "endColumn": end}}


def _fix(words: str, edit: Edit, artifact: Mapping[str, str]) -> Mapping[str, Any]:
    replacement = {
        "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
        "insertedContent": {"text": edit.text},
    }
    return {
        "description": {"text": visible(words)},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
    }
