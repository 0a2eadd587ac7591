"""What becomes of one table of a change, in sentences. Pure."""

from collections.abc import Iterator

from summary_tables.model.check_run import CheckRun
from summary_tables.runs.data_diff.table_data import TableData
from summary_tables.runs.data_diff.words import headline, remarks
from summary_tables.text.english import counted, quoted
from summary_tables.text.moments import span_text


def table_headline(data: TableData) -> str:
    """The whole of it in one sentence."""
    if data.refusal:
        return data.refusal.error
    if data.diff is None:
        rows = counted(data.rows or 0, "row")
        return f"{rows}; there is nothing to compare {'it' if data.rows == 1 else 'them'} with yet."
    words = headline(data.diff)
    return f"{words[:1].upper()}{words[1:]}."


def table_remarks(data: TableData) -> Iterator[str]:
    """What must be known besides: whole sentences."""
    if data.diff:
        yield f"Before: {data.before_words}, {counted(data.diff.rows_before, 'row')}. After: {_after(data)}."
    elif data.rows is not None:
        yield f"{_after(data)[:1].upper()}{_after(data)[1:]}."
    if data.span:
        span = span_text(data.timezone, data.span)
        yield f"Compared is what one run gives, that of {span}; rows of other runs stay as they are."
    if data.reads:
        yield f"Reads {quoted(data.reads)} as this change makes {'it' if len(data.reads) == 1 else 'them'}."
    if data.diff:
        yield from remarks(data.diff)
    if data.checks:
        yield from _checks(data)


def _after(data: TableData) -> str:
    rows = data.diff.rows_after if data.diff else data.rows
    built = f" in {data.seconds:.2f} s" if data.rows is not None else ""
    return f"{data.after_words}, {counted(rows or 0, 'row')}{built}"


def _checks(data: TableData) -> Iterator[str]:
    passed = sum(check.passed for check in data.checks)
    if passed == len(data.checks):
        yield f"{'The check passes' if passed == 1 else f'All {passed} checks pass'}."
        return
    if len(data.checks) > 1:
        yield f"{passed} of {len(data.checks)} checks pass."
    yield from (_failed(check) for check in data.checks if not check.passed)


def _failed(check: CheckRun) -> str:
    verb = "would fail" if check.severity == "error" else "would warn"
    reason = check.error or f"expected {check.expected}, got {check.actual}."
    return f'{"Input" if check.step == "input_check" else "Output"} check "{check.name.label}" {verb}: {reason}'
