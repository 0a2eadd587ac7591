"""The report for people: colours, and nothing that steers a terminal but them."""

import re
import unicodedata

from hypothesis import given

from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.reports.text import report
from summary_tables.lint.result import LintResult
from tests.golden_files import assert_golden
from tests.lint.reports.found import FOUND, OPTIONS, ROOT, any_result

COLOR = ReportOptions(color=True, root=ROOT)
CODE = re.compile(r"\x1b\[[0-9;]+m")


def test_colours() -> None:
    assert_golden("reports/text_in_colour.txt", report(FOUND, COLOR))


@given(any_result())
def test_colours_add_nothing_but_codes(result: LintResult) -> None:
    plain = report(result, OPTIONS)
    assert CODE.sub("", report(result, COLOR)) == plain
    assert {unicodedata.category(character) for character in plain.replace("\n", "")} <= _HARMLESS


_HARMLESS = {
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm",
    "Sc", "Sk", "So", "Zs", "Cf", "Co", "Cn",
}  # fmt: skip
