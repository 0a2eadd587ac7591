"""What lint could have found, for the tests of the reports."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintedFile, LintResult
from summary_tables.model.problem import LEVELS, Edit, Place, Problem
from tests.text.any_text import ANY_TEXT

ROOT = Path("/repository")
OPTIONS = ReportOptions(root=ROOT)
NAME = "dag_configs/nps_summary.yaml"

TEXT = """\
table: nps_summary
description: 하루의 순이익, 50%: @growth <b>🙂</b>
main_sql: |
\tSELECT a, FROM raw_data.nps -- \x1b[31mred
ouput_check:
"""


def _in(file: str, place: Place, **others: Any) -> Problem:
    return Problem(path=ROOT / file, file=file, place=place, **others)


KEY = _in(
    NAME,
    Place(5, 1, 11),
    rule="unknown-key",
    message="`ouput_check` is not a key of this file",
    fix="rename it to `output_check`",
    edit=Edit(start=120, end=131, text="output_check"),
)
PROBLEMS = (
    _in("dag_configs/empty.yaml", Place(0, 0), rule="file", message="the file is empty", fix="copy one"),
    _in(NAME, Place(2, 26, 7), rule="value", message="50%: who is `@growth`, <b>🙂</b> | \x1b[0m"),
    _in(
        NAME,
        Place(3, 1, 8),
        rule="trailing-semicolon",
        level="info",
        message="no input check looks at raw_data.nps",
        fix="add these lines:\n  - sql: SELECT COUNT(1) FROM raw_data.nps\n    count: 1",
    ),
    _in(NAME, Place(4, 12), rule="lint-comment", level="warning", message="a, b: 100%\nand more"),
    KEY,
)
FOUND = LintResult(
    files=(
        LintedFile(path=ROOT / "dag_configs/empty.yaml", name="dag_configs/empty.yaml"),
        LintedFile(path=ROOT / "dag_configs/good.yaml", name="dag_configs/good.yaml"),
        LintedFile(path=ROOT / NAME, name=NAME, text=TEXT),
    ),
    problems=PROBLEMS,
)
NOTHING = LintResult(files=FOUND.files, problems=())

_FILES = st.builds(
    lambda name, text: LintedFile(path=ROOT / "dag_configs" / name, name=f"dag_configs/{name}", text=text),
    ANY_TEXT.filter(lambda name: "/" not in name and "\0" not in name and name not in ("", ".", "..")),
    ANY_TEXT,
)


def _edit(start: int, length: int, text: str) -> Edit:
    return Edit(start=start, end=start + length, text=text)


@st.composite
def any_result(draw: st.DrawFn) -> LintResult:
    """Files of any name and text, and problems of any words in them."""
    files = draw(st.lists(_FILES, min_size=1, max_size=3, unique_by=lambda file: file.name))
    names = st.sampled_from([file.name for file in files])
    numbers = st.integers(0, 40)
    edits = st.none() | st.builds(_edit, numbers, numbers, ANY_TEXT)
    problem = st.builds(
        _in,
        place=st.builds(Place, st.just(0), st.just(0), numbers)
        | st.builds(Place, st.integers(1, 8), st.integers(1, 40), numbers),
        file=names,
        rule=st.sampled_from(["value", "yaml", "select-star", "another"]),
        level=st.sampled_from(LEVELS),
        message=ANY_TEXT,
        fix=ANY_TEXT,
        edit=edits,
    )
    return LintResult(
        files=tuple(files), problems=tuple(draw(st.lists(problem, max_size=4))), is_strict=draw(st.booleans())
    )
