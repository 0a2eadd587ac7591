"""A preview in words: what the three summaries do not show."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.checks import CheckName, CheckResult
from summary_tables.commands.preview.report import LONGEST_VALUE, preview_text
from summary_tables.commands.preview.result import Built, PreviewResult, Publishing
from summary_tables.model.check_run import CheckRun
from summary_tables.model.column import Column
from summary_tables.model.failure import Refusal
from summary_tables.runs.dates import RunDates
from summary_tables.text.width import cells
from tests.golden_files import assert_golden


def checked(label: str, result: CheckResult | Refusal) -> CheckRun:
    name = CheckName(label=label, key=label)
    return CheckRun(step="input_check", position=1, name=name, severity="error", result=result)


DATES = RunDates(due=datetime(2026, 11, 22, 3, tzinfo=UTC))
ODD = Built(
    rows=1_234_567,
    seconds=12.3456,
    columns=(
        Column(name="도시", type="character varying(20)"),
        Column(name="사용자 수", type="numeric(10,2)"),
        Column(name="말", type="text"),
        Column(name="at", type="timestamp without time zone"),
    ),
    first_rows=(
        ("서울", "1200.50", "한글 " * 30, "2026-11-22 03:00:00"),
        (None, None, "", None),
        ("👩‍👩‍👧 부산", "-7", "two\nlines\tand \x1b[31mred", "2026-01-01 00:00:00"),
        ("x" * 200, "NaN", "NULL", "infinity"),
    ),
)


@pytest.mark.parametrize("color", [False, True])
def test_odd_values(color: bool) -> None:
    result = PreviewResult(
        table="analytics.도시별",
        dates=DATES,
        built=ODD,
        publishing=Publishing(words="Publishing would create analytics.도시별 with 1,234,567 rows."),
    )
    text = preview_text(result, where="the given warehouse", color=color)
    assert_golden(f"preview/odd_values{'_in_color' if color else ''}.txt", text)


@pytest.mark.parametrize("color", [False, True])
def test_what_fails(color: bool) -> None:
    good = checked("이름이 있는 검사", CheckResult(passed=True, expected="at least 1,000", actual="1,200"))
    bad = checked("at least 12 rows", CheckResult(passed=False, expected="at least 12", actual="7"))
    broken = checked("one", Refusal(error='There is no column "n", line 1 of the query.'))
    built = Built(rows=1, seconds=0, columns=(Column(name="n", type="integer"),), first_rows=(("1",),), ordered_by="n")
    refused = Publishing(words="analytics.t is a plain table that belongs to postgres.", refused=True)
    empty = Built(rows=0, seconds=0, columns=(Column(name="n", type="integer"),), first_rows=())
    results = (
        PreviewResult(
            table="analytics.t", dates=DATES, input_checks=(good, bad), refusal=Refusal(error="The query is empty.")
        ),
        PreviewResult(
            table="analytics.t", dates=DATES, built=built, output_checks=(bad, broken, good), publishing=refused
        ),
        PreviewResult(table="analytics.t", dates=DATES, built=empty, publishing=refused),
        PreviewResult(
            table="analytics.t",
            dates=DATES,
            built=built,
            output_checks=(replace(bad, severity="warn"), replace(broken, severity="warn"), good),
            publishing=Publishing(words="Publishing would create analytics.t with 1 row."),
        ),
    )
    texts = [preview_text(result, where="the sample data", color=color) for result in results]
    assert_golden(f"preview/failures{'_in_color' if color else ''}.txt", "\n=====\n\n".join(texts))


def test_no_rows_of_a_day_and_checks_that_are_called_after_what_they_expect() -> None:
    few = checked("at least 12 of them", CheckResult(passed=False, expected="at least 1", actual="0"))
    none = checked("at least 1 row", CheckResult(passed=False, expected="at least 1 row", actual="0 rows"))
    empty = Built(rows=0, seconds=0, columns=(Column(name="n", type="integer"),), first_rows=())
    result = PreviewResult(
        table="analytics.t", dates=DATES, input_checks=(few, none), built=empty, output_checks=(none,)
    )
    text = preview_text(result, where="the sample data", day_with_rows="2019-05-01")
    assert_golden("preview/no_rows.txt", text)


@given(st.text(max_size=300))
def test_no_value_is_wider_than_said_or_breaks_its_line(value: str) -> None:
    built = Built(rows=1, seconds=0, columns=(Column(name="n", type="text"),), first_rows=((value,),))
    lines = preview_text(PreviewResult(table="t", dates=DATES, built=built), where="x").splitlines()
    shown = lines[lines.index("All rows") + 2]
    assert cells(shown.removeprefix("  ")) <= LONGEST_VALUE
