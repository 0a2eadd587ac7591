"""JUnit's XML: a file fails for what the command fails for."""

from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given

from summary_tables.lint.reports.junit import report
from summary_tables.lint.result import LintResult
from tests.lint.reports.found import FOUND, OPTIONS, any_result


def _failures(result: LintResult) -> dict[str, int]:
    root = ElementTree.fromstring(report(result, OPTIONS))
    return {case.attrib["name"]: len(case.findall("failure")) for case in root.iter("testcase")}


def test_errors_fail() -> None:
    expected = {"dag_configs/empty.yaml": 1, "dag_configs/good.yaml": 0, "dag_configs/nps_summary.yaml": 2}
    assert _failures(FOUND) == expected


def test_warnings_fail_where_they_count() -> None:
    assert _failures(replace(FOUND, is_strict=True))["dag_configs/nps_summary.yaml"] == 3


def test_characters_that_xml_cannot_hold() -> None:
    words = "a\ufffe\uffff\x00\ud800b"
    found = replace(FOUND, problems=(replace(FOUND.problems[0], message=words),))
    (failure,) = ElementTree.fromstring(report(found, OPTIONS)).iter("failure")
    assert failure.attrib["message"] == "a��␀<U+D800>b"


@given(any_result())
def test_any_words_make_a_document(result: LintResult) -> None:
    root = ElementTree.fromstring(report(result, OPTIONS))
    assert len(list(root.iter("testcase"))) == len(result.files)
    assert len(list(root.iter("failure"))) == len(result.failures)
