"""The table for a step's summary: one row a problem, whatever its words hold."""

from dataclasses import replace

from hypothesis import given
from markdown_it import MarkdownIt

from summary_tables.lint.reports.markdown_table import MAX_CHARACTERS, report
from summary_tables.lint.result import LintResult
from tests.lint.reports.found import KEY, NOTHING, OPTIONS, any_result

MARKDOWN = MarkdownIt("commonmark").enable("table")


@given(any_result())
def test_any_words_make_rows_of_four_cells(result: LintResult) -> None:
    tokens = MARKDOWN.parse(report(result, OPTIONS))
    kinds = [token.type for token in tokens]
    rows = len(result.problems) + 1 if result.problems else 0
    assert (kinds.count("tr_open"), kinds.count("th_open") + kinds.count("td_open")) == (rows, 4 * rows)
    inside = {child.type for token in tokens for child in token.children or []}
    assert inside <= {"text", "code_inline", "html_inline", "text_special", "softbreak", "hardbreak"}
    html = [child.content for token in tokens for child in token.children or [] if child.type == "html_inline"]
    assert set(html) <= {"<br>"}


def test_what_exceeds_githubs_limit_is_counted() -> None:
    many = replace(NOTHING, problems=(replace(KEY, message="x" * 1000),) * 600)
    text = report(many, OPTIONS)
    shown = text.count("unknown-key")
    assert 400 < shown < 600
    assert text.endswith(f"\n{600 - shown} more are not listed here.\n")
    assert len(text) < MAX_CHARACTERS + 1000
