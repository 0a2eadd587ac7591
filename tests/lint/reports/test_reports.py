"""Every form: the same findings as golden files, and no text that makes one fail."""

from importlib.metadata import version

import pytest
from hypothesis import given, settings

from summary_tables.lint.reports import REPORTS, report_form
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult
from tests.golden_files import assert_golden
from tests.lint.reports.found import FOUND, NOTHING, OPTIONS, ROOT, any_result

ENDINGS = {"markdown": "md", "json": "json", "sarif": "json", "junit": "xml"}
VERSION = f'"version": "{version("summary-tables")}"'


@pytest.mark.parametrize("form", REPORTS)
def test_report_reads_exactly_so(form: str) -> None:
    text = report_form(form)(FOUND, OPTIONS).replace(VERSION, '"version": "(that of the package)"')
    assert_golden(f"reports/{form}.{ENDINGS.get(form, 'txt')}", text)


@pytest.mark.parametrize("form", ["text", "concise", "github", "markdown"])
def test_nothing_to_say_is_nothing(form: str) -> None:
    assert report_form(form)(NOTHING, OPTIONS) == ""


@pytest.mark.parametrize("form", REPORTS)
@settings(max_examples=100)
@given(result=any_result())
def test_no_text_makes_a_report_fail(form: str, result: LintResult) -> None:
    for color in (False, True):
        report_form(form)(result, ReportOptions(color=color, root=ROOT)).encode()
