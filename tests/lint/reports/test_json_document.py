"""The document for programs holds every finding as it is."""

import json
from dataclasses import replace

from hypothesis import given

from summary_tables.lint.reports.json_document import report
from summary_tables.lint.result import LintResult
from tests.lint.reports.found import FOUND, OPTIONS, any_result


def test_lone_surrogate_is_an_escape() -> None:
    found = replace(FOUND, problems=(replace(FOUND.problems[0], message="a\ud800"),))
    text = report(found, OPTIONS)
    assert r'"message": "a\ud800"' in text
    text.encode()


@given(any_result())
def test_any_words_are_read_back(result: LintResult) -> None:
    read = json.loads(report(result, OPTIONS))
    assert (read["version"], read["files"]) == (1, len(result.files))
    assert read["errors"] + read["warnings"] + read["infos"] == len(result.problems)
    for item, problem in zip(read["problems"], result.problems, strict=True):
        assert (item["file"], item["rule"], item["level"]) == (problem.file, problem.rule, problem.level)
        assert (item["message"], item["fix"]) == (problem.message, problem.fix)
        assert (item["line"] or 0, item["column"] or 0, item["length"]) == (
            problem.line,
            problem.column,
            problem.length,
        )
        assert (item["edit"] is None) == (problem.edit is None)
