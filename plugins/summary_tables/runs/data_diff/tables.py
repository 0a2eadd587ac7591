"""The numbers and examples of a comparison as tables of plain text. Pure."""

from collections.abc import Iterator, Sequence

from summary_tables.model.check_run import CheckRun
from summary_tables.model.data_diff import ColumnDiff, ColumnProfile, ColumnStatistics, DataDiff, ExampleRow
from summary_tables.runs.data_diff.table_data import TableData
from summary_tables.runs.data_diff.words import largest_text, number_text
from summary_tables.sql.type_names import short
from summary_tables.text.columns import plain_table
from summary_tables.text.visible import visible
from summary_tables.text.width import cut

_LONGEST_VALUE = 30
_ARROW = " -> "
_KINDS = {"changed": "changed", "added": "new", "removed": "gone"}
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")


def table_tables(data: TableData) -> str:
    """All tables of one table of a change, each below its title; empty where there is nothing to show."""
    of_diff = _of_diff(data.diff) if data.diff else ()
    return "\n".join(filter(None, (*of_diff, _profiles(data.profiles), _checks(data.checks))))


def _of_diff(diff: DataDiff) -> Iterator[str]:
    yield _columns([column for column in diff.columns if column.before and column.after], has_key=bool(diff.key))
    yield _frequent(diff.columns)
    yield _profiles(diff.new_columns, "New columns")
    yield _examples(diff)


def _columns(columns: Sequence[ColumnDiff], *, has_key: bool) -> str:
    if not columns:
        return ""
    heads = ["column", "changed", "by at most", "NULLs", "minimum", "maximum", "average", "distinct"]
    rows = [_column(column) for column in columns]
    kept = [place for place in range(len(heads)) if any(row[place] for row in rows) and (has_key or place != 1)]
    table = plain_table([heads[place] for place in kept], [[row[place] for place in kept] for row in rows])
    return _titled("Columns that change, before -> after" if has_key else "Columns, before -> after", table)


def _column(column: ColumnDiff) -> list[str]:
    old, new = column.before, column.after
    assert old is not None
    assert new is not None
    return [
        _cut(column.name),
        f"{column.changed:,}",
        largest_text(column),
        _both(f"{old.nulls:,}", f"{new.nulls:,}"),
        *(_both(_value(before), _value(after)) for before, after in zip(_extremes(old), _extremes(new), strict=True)),
        _both(f"{old.distinct:,}", f"{new.distinct:,}"),
    ]


def _extremes(statistics: ColumnStatistics) -> tuple[str | None, str | None, str | None]:
    average = number_text(statistics.average) if statistics.average is not None else None
    return statistics.minimum, statistics.maximum, average


def _frequent(columns: Sequence[ColumnDiff]) -> str:
    """The most frequent values of either side, with their rows on both."""
    rows = [
        [_cut(column.name), _shown(value), _rows_of(value, column.before), _rows_of(value, column.after)]
        for column in columns
        if column.before and column.after
        for value in dict.fromkeys(value for value, _ in (*column.after.top, *column.before.top))
    ]
    table = plain_table(["column", "value", "before", "after"], rows, numbers=(2, 3))
    return _titled("Most frequent values, and their rows", table) if rows else ""


def _rows_of(value: str | None, statistics: ColumnStatistics) -> str:
    """Of a value that is not among the most frequent nobody has asked, unless there are no others."""
    rows = dict(statistics.top)
    is_all = len(rows) == statistics.distinct + bool(statistics.nulls)
    return f"{rows[value]:,}" if value in rows else "0" if is_all else "fewer" if rows else ""


def _profiles(profiles: Sequence[ColumnProfile], title: str = "Columns") -> str:
    if not profiles:
        return ""
    heads = ["column", "type", "NULLs", "distinct", "minimum", "maximum", "average", "most frequent"]
    rows = [_profile(profile) for profile in profiles]
    kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    return _titled(
        title, plain_table([heads[place] for place in kept], [[row[place] for place in kept] for row in rows])
    )


def _profile(profile: ColumnProfile) -> list[str]:
    found = profile.statistics
    return [
        _cut(profile.name),
        short(profile.type),
        f"{found.nulls:,}",
        f"{found.distinct:,}",
        *map(_value, _extremes(found)),
        ", ".join(f"{_shown(value)} ({rows:,})" for value, rows in found.top[:3]),
    ]


def _examples(diff: DataDiff) -> str:
    if not diff.examples:
        return ""
    heads = ["", *map(_cut, diff.key), *map(_cut, diff.example_columns)]
    rows = [[_KINDS[example.kind], *map(_shown, example.key), *_changes(example)] for example in diff.examples]
    title = "Rows that change most, and that come and go" if diff.changed else "Rows that come and go"
    return _titled(title, plain_table(heads, rows))


def _changes(example: ExampleRow) -> list[str]:
    if example.kind != "changed":
        return [_shown(value) for value in example.after or example.before]
    return [_both(_shown(old), _shown(new)) for old, new in zip(example.before, example.after, strict=True)]


def _checks(checks: Sequence[CheckRun]) -> str:
    if not checks:
        return ""
    rows = [(_outcome(check), check.name.label, check.expected, check.error or check.actual) for check in checks]
    return _titled("Checks", plain_table(("", "check", "expected", "got"), rows))


def _outcome(check: CheckRun) -> str:
    return "passed" if check.passed else "FAILED" if check.severity == "error" else "warned"


def _both(old: str, new: str) -> str:
    return old if old == new else f"{old or '-'}{_ARROW}{new or '-'}"


def _value(value: str | None) -> str:
    return "" if value is None else _cut(value)


def _shown(value: str | None) -> str:
    return "NULL" if value is None else _cut(value)


def _cut(value: str) -> str:
    return cut(visible(value), _LONGEST_VALUE)


def _titled(title: str, table: str) -> str:
    return f"{title}\n" + "".join(f"  {line}\n" for line in table.splitlines())
