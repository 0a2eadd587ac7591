"""A preview in words, for a terminal."""

from collections.abc import Iterator, Sequence

from summary_tables.commands.preview.result import Built, ChainResult, PreviewResult, Row, TakenTable
from summary_tables.lint.reports.ansi import BOLD, GREEN, RED, YELLOW, Paint, painter
from summary_tables.model.check_run import CheckRun
from summary_tables.model.column import Column
from summary_tables.model.failure import Refusal
from summary_tables.runs.messages import cut_words
from summary_tables.sql.type_names import short
from summary_tables.text.columns import plain_table
from summary_tables.text.english import counted, listed, plural
from summary_tables.text.moments import to_the_minute
from summary_tables.text.visible import visible
from summary_tables.text.width import cut

LONGEST_VALUE = 40
"""In cells of a terminal, which the mark of a cut is one of."""

_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
_MOST_NAMED = 5
_CHECK_HEADS = ("", "check", "expected", "got")
_EXPECTED = _CHECK_HEADS.index("expected")


def preview_text(result: PreviewResult, *, where: str, day_with_rows: str = "", color: bool = False) -> str:
    """All that a preview says. `where`: which warehouse, e.g. `the sample data`.

    `day_with_rows`: a day for which there is something, where that is known: `2026-11-21`.
    """
    paint = painter(color)
    return "\n".join(_parts(result, where, day_with_rows, paint, color=color))


def chain_text(result: ChainResult, *, where: str, day_with_rows: str = "", color: bool = False) -> str:
    """The same of a table, and of those that read it."""
    parts = [preview_text(each, where=where, day_with_rows=day_with_rows, color=color) for each in _tables(result)]
    if result.left_out:
        names = listed(result.left_out, _MOST_NAMED)
        parts.append(f"Not previewed, as too many read {result.table.table}: {names}.\n")
    return "\n".join(parts)


def _tables(result: ChainResult) -> Sequence[PreviewResult]:
    return (result.table, *result.readers)


def _parts(result: PreviewResult, where: str, day: str, paint: Paint, *, color: bool) -> Iterator[str]:
    yield f"{paint(result.table, BOLD)} on {where}, as the {_run_words(result)}\n"
    if result.part and result.dates.span:
        yield f"{cut_words(result.dates.zone, result.table, result.dates.span, result.part)}\n"
    if result.reads:
        reads = plain_table(("table", "taken from"), list(map(_taken, result.reads)))
        yield f"{paint('Reads', BOLD)}\n{_indented(reads)}"
    if result.input_checks:
        yield _checks("Input checks", result.input_checks, paint, color=color)
    if result.built:
        yield _built(result.built, paint)
        if day and not result.built.rows:
            yield f"No rows: there may be none of that time in {where}. Try another day, such as --date {day}.\n"
    if result.output_checks:
        yield _checks("Output checks", result.output_checks, paint, color=color)
    yield _verdict(result, paint)


def _taken(taken: TakenTable) -> tuple[str, str]:
    if taken.result is None:
        return taken.table, "the warehouse, as it stands there"
    why = f", as {taken.reason}" if taken.reason else ""
    if taken.result.built is None:
        return taken.table, f"its file{why}, and could not be built"
    built = f"{counted(taken.result.built.rows, 'row')} in {taken.result.built.seconds:.2f} s"
    return taken.table, f"its file{why}: {built}, as the {_run_words(taken.result)}"


def _run_words(result: PreviewResult) -> str:
    dates = result.dates
    run = "full refresh of" if dates.full_refresh else "run of"
    if dates.start is None or dates.end is None:
        return f"{run} {to_the_minute(dates.zone, dates.due)}"
    return f"{run} {to_the_minute(dates.zone, dates.start)} to {to_the_minute(dates.zone, dates.end)}"


def _checks(title: str, checks: Sequence[CheckRun], paint: Paint, *, color: bool) -> str:
    signs = ("✓", "✗", "!") if color else ("passed", "FAILED", "warned")
    rows = [(signs[_outcome(check)], check.name.label, _expected(check), check.actual) for check in checks]
    shown_heads = [place for place in range(len(_CHECK_HEADS)) if place != _EXPECTED or any(row[place] for row in rows)]
    table = [[row[place] for place in shown_heads] for row in (_CHECK_HEADS, *rows)]
    lines = plain_table(table[0], table[1:]).splitlines()
    shown = [f"  {lines[0]}", *(_check_line(*line, paint) for line in zip(lines[1:], checks, strict=True))]
    return f"{paint(title, BOLD)}\n" + "\n".join(shown) + "\n"


def _expected(check: CheckRun) -> str:
    """Empty where the check is called after it: `at least 12 rows`."""
    return "" if f"{check.name.label} ".startswith(f"{check.expected} ") else check.expected


def _outcome(check: CheckRun) -> int:
    """0: passed, 1: failed, 2: warned."""
    return 0 if check.passed else 1 if check.severity == "error" else 2


def _check_line(line: str, check: CheckRun, paint: Paint) -> str:
    sign, _, rest = line.partition(" ")
    error = f"\n      {visible(check.error)}" if check.error else ""
    return f"  {paint(sign, (GREEN, RED, YELLOW)[_outcome(check)])} {rest}{error}"


def _built(built: Built, paint: Paint) -> str:
    columns = plain_table(("column", "type"), [(column.name, short(column.type)) for column in built.columns])
    title = f"Built {counted(built.rows, 'row')} in {built.seconds:.2f} s"
    text = f"{paint(title, BOLD)}\n{_indented(columns)}"
    return f"{text}\n{_first_rows(built, paint)}" if built.first_rows else text


def _first_rows(built: Built, paint: Paint) -> str:
    many = len(built.first_rows) < built.rows
    order = f", by {visible(built.ordered_by)}" if built.ordered_by else ""
    title = f"First {len(built.first_rows)} of {counted(built.rows, 'row')}{order}" if many else f"All rows{order}"
    numbers = [place for place, column in enumerate(built.columns) if _is_number(column)]
    heads = [_cut(column.name) for column in built.columns]
    return f"{paint(title, BOLD)}\n{_indented(plain_table(heads, [_shown(row) for row in built.first_rows], numbers))}"


def _shown(row: Row) -> list[str]:
    return ["NULL" if value is None else _cut(value) for value in row]


def _cut(value: str) -> str:
    """`value` on one line, in no more cells than `LONGEST_VALUE`."""
    return cut(visible(value), LONGEST_VALUE)


def _is_number(column: Column) -> bool:
    return column.type.partition("(")[0] in _NUMBERS


def _verdict(result: PreviewResult, paint: Paint) -> str:
    lines = [paint(line, RED) for line in (*_of_reads(result), *_reasons(result))]
    if result.passed and result.publishing:
        lines += [paint(visible(result.publishing.words), GREEN), *_exporting(result.export, paint)]
    return "\n".join(lines) + "\n"


def _exporting(plan: str | Refusal | None, paint: Paint) -> Iterator[str]:
    if isinstance(plan, Refusal):
        yield paint(f"Exporting would be refused, and the sheet stays as it is. {visible(plan.error)}", RED)
    elif plan:
        yield paint(visible(plan), GREEN)


def _of_reads(result: PreviewResult) -> Iterator[str]:
    """What would stop a run of what it reads."""
    for other in result.unpublished_reads:
        for check in other.failed_checks:
            got = check.error or f"got {check.actual}"
            expected = f", expected {check.expected}" if check.expected else ""
            words = f"the check `{check.name.label}` fails: {got}{expected}"
            yield visible(f"A run of {other.table}, which it reads, would publish nothing: {words.rstrip('.')}.")
        if other.publishing and other.publishing.refused:
            yield visible(f"Publishing {other.table}, which it reads, would be refused. {other.publishing.words}")


def _reasons(result: PreviewResult) -> Iterator[str]:
    failed = len(result.failed_checks)
    if failed:
        yield f"Nothing would be published: {failed} {plural(failed, 'check fails', 'checks fail')}."
    if result.refusal:
        yield f"Building {result.table} failed: {visible(result.refusal.error)}"
        yield from (f"  {visible(line)}" for line in result.refusal.details.splitlines())
    elif result.publishing and result.publishing.refused:
        yield f"Publishing would be refused. {visible(result.publishing.words)}"


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())
