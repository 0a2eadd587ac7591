"""What came of tests in words, for a terminal: one line a test, and the rows that are not as expected."""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby

from summary_tables.commands.query_tests.result import Difference, QueryTestResult, ResultRow, RowDifference
from summary_tables.lint.reports import text as problem_text
from summary_tables.lint.reports.ansi import BOLD, GREEN, RED, Paint, painter
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintedFile, LintResult
from summary_tables.model.problem import Finding, Problem
from summary_tables.text.columns import plain_table
from summary_tables.text.english import counted, plural
from summary_tables.text.visible import visible
from summary_tables.text.width import cells

MOST_ROWS = 20
"""So many differences of a test are shown."""

_LONGEST_VALUE = 200
_NULL = "NULL"


def results_text(results: Sequence[QueryTestResult], options: ReportOptions) -> str:
    """The tests of each file below its name."""
    paint = painter(options.color)
    said = set(first_problems(results))
    return "\n".join(
        f"{paint(visible(name), BOLD)}\n" + "".join(_lines(result, options, paint, said) for result in of_file)
        for name, of_file in groupby(results, key=lambda result: result.case.file.name)
    )


def first_problems(results: Sequence[QueryTestResult]) -> tuple[Problem, ...]:
    """The problems of tests that did not pass; of those at one place, e.g. a wrong type, the first."""
    found: dict[tuple[str, int, int], Problem] = {}
    for result in results:
        if problem := problem_of(result):
            found.setdefault((problem.file, problem.line, problem.column), problem)
    return tuple(found.values())


def difference_words(difference: Difference) -> str:
    """`1 row is as expected, 2 differ, 1 was not expected`."""
    counts = {"differs": 0, "missing": 0, "unexpected": 0}
    for row in difference.rows:
        counts[row.kind] += 1
    parts = []
    if difference.same:
        parts.append((difference.same, "is as expected", "are as expected"))
    words = {"differs": ("differs", "differ"), "missing": ("is missing", "are missing")}
    parts += [(counts[kind], *words[kind]) for kind in words if counts[kind]]
    if counts["unexpected"]:
        parts.append((counts["unexpected"], "was not expected", "were not expected"))
    (first, *_), *_ = parts
    sentences = [f"{counted(number, one, many)}" for number, one, many in parts]
    noun = plural(first, "row")
    return ", ".join([sentences[0].replace(" ", f" {noun} ", 1), *sentences[1:]])


def difference_table(difference: Difference) -> str:
    """The rows that are not as expected, in columns; carets below the values that differ."""
    heads = ["", *difference.columns]
    rows = [line for row in difference.rows[:MOST_ROWS] for line in _table_rows(row)]
    table = plain_table(heads, rows)
    more = len(difference.rows) - MOST_ROWS
    return table + (f"and {more:,} more\n" if more > 0 else "")


def problem_of(result: QueryTestResult) -> Problem | None:
    """The one problem of a test that did not pass."""
    if result.problem or result.difference is None:
        return result.problem
    case = result.case
    place = case.file.document.span_of_value(("tests", case.index, "name"))
    message = f'test "{case.test.name}" failed: {difference_words(result.difference)}'
    return Problem.of(Finding(place=place, rule="query-test", message=message), case.file.path)


def _lines(result: QueryTestResult, options: ReportOptions, paint: Paint, said: Container[Problem]) -> str:
    verdict = paint("passed", GREEN) if result.passed else paint("FAILED", RED)
    line = f"  {verdict}  {visible(result.case.test.name)}"
    time = f" ({result.seconds * 1000:.0f} ms)"
    if result.problem and result.problem not in said:
        return f"{line}: it could not be run, for a reason that is given above\n"
    if result.problem:
        return f"{line}: it could not be run\n{_indented(_problem_text(result.problem, result, options))}"
    if result.difference is None:
        return f"{line}{time}\n"
    return f"{line}{time}: {difference_words(result.difference)}\n{_indented(difference_table(result.difference))}"


def _problem_text(problem: Problem, result: QueryTestResult, options: ReportOptions) -> str:
    of_case = result.case.file
    file = LintedFile(path=of_case.path, name=of_case.name, text=of_case.document.text)
    return problem_text.report(LintResult(files=(file,), problems=(problem,)), options)


def _table_rows(row: RowDifference) -> Iterator[list[str]]:
    if row.kind == "missing":
        yield ["missing", *_shown_row(row.expected)]
    elif row.kind == "unexpected":
        yield ["not expected", *_shown_row(row.got)]
    else:
        got = _shown_row(row.got)
        yield ["expected", *_shown_row(row.expected)]
        yield ["got", *got]
        yield ["", *("^" * cells(text) if place in row.differing else "" for place, text in enumerate(got))]


def _shown_row(row: ResultRow) -> list[str]:
    return [_shown(value) for value in row]


def _shown(value: str | None) -> str:
    """NULL, and in quotes what could be taken for it, for nothing, or for a text without blanks around it."""
    if value is None:
        return _NULL
    text = visible(value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…")
    return f"'{text}'" if not text or text == _NULL or text != text.strip() else text


def _indented(text: str) -> str:
    return "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines())
