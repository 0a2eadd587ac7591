"""What differs between two tables, in sentences: names of columns stand in backticks. Pure."""

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from summary_tables.model.data_diff import ColumnDiff, DataDiff, KeyOrigin, KeyRange
from summary_tables.sql.type_names import short
from summary_tables.text.english import counted, listed, plural, quoted

_NAMED = 4
_DIGITS = 6
_SECONDS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))

_ORIGINS: dict[KeyOrigin, str] = {
    "option": "as `--key` says",
    "merge": "the `unique_key` of its `refresh`",
    "unique": "unique as its file says",
    "found": "in which all rows of both sides differ",
}


def headline(diff: DataDiff) -> str:
    """The whole of it in one sentence, without a full stop.

    `1,204 of 9,850 rows change, all in `nps`, by at most 0.4; 3 days are new`.
    """
    if diff.is_sample and not diff.compared_before + diff.compared_after:
        return "no row falls into the sample, so nothing can be said; a larger --max-rows has more of them"
    if diff.has_same_rows:
        return _sampled(diff, _all_the_same(diff))
    parts = (
        _changed(diff),
        _came_or_went(diff.added, diff.added_range, "new"),
        _came_or_went(diff.removed, diff.removed_range, "gone"),
    )
    return _sampled(diff, "; ".join(filter(None, parts)))


def remarks(diff: DataDiff) -> Iterator[str]:
    """What must be known besides: whole sentences."""
    yield from _column_remarks(diff)
    yield _matching(diff)
    if diff.repeated_before or diff.repeated_after:
        yield (
            f"{counted(diff.repeated_before, 'row')} before and {diff.repeated_after:,} after have a key that is not "
            "theirs alone: which of them belong together nobody can tell, so they count as new or gone where no whole "
            "row is the same."
        )
    for column in diff.columns:
        if column.noise:
            rows = counted(column.noise, "row")
            differ, count = ("differs", "it counts") if column.noise == 1 else ("differ", "they count")
            yield f"{rows} of `{column.name}` {differ} by rounding only, as floating point does; {count} as unchanged."
        if column.reordered:
            have = plural(column.reordered, "has", "have")
            yield (
                f"{column.reordered:,} of the changed values of `{column.name}` {have} the same elements in another "
                "order."
            )
    if diff.is_sample:
        yield (
            f"Compared is a sample: the rows of one of {diff.every:,} keys, the same keys on both sides; "
            f"{diff.compared_before:,} of {counted(diff.rows_before, 'row')} before and {diff.compared_after:,} of "
            f"{diff.rows_after:,} after. All other numbers are those of the sample."
        )


def number_text(value: str) -> str:
    """A number of the warehouse with no more than six digits, and commas: `0.4`, `1,204`, `12,300,000`."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    if number and number.adjusted() >= _DIGITS - 1:
        return (
            f"{number.to_integral_value(ROUND_HALF_EVEN):,}" if number.adjusted() < 18 else f"{number:.{_DIGITS - 1}e}"
        )
    rounded = Decimal(f"{number:.{_DIGITS}g}")
    return f"{rounded.normalize():,f}" if rounded.adjusted() >= -_DIGITS else f"{rounded.normalize()}"


def largest_text(column: ColumnDiff) -> str:
    """By how much its values change at most; empty where that is not known."""
    if column.largest is None:
        return ""
    return _seconds_text(column.largest) if column.is_time else number_text(column.largest)


def _all_the_same(diff: DataDiff) -> str:
    rows = diff.compared_after
    if not rows:
        return "there are no rows, before and after"
    return f"all {rows:,} rows stay as they are" if rows > 1 else "the only row stays as it is"


def _sampled(diff: DataDiff, words: str) -> str:
    return f"in a sample, {words}" if diff.is_sample else words


def _changed(diff: DataDiff) -> str:
    if not diff.key:
        return ""
    if not diff.changed:
        # Where none of them is left, none could.
        return "no row changes" if diff.removed < diff.compared_before else ""
    rows, verb = plural(diff.compared_before, "row"), "changes" if diff.changed == 1 else "change"
    if diff.changed == diff.compared_before:
        which = f"all {diff.changed:,}" if diff.changed > 1 else "the only"
        return f"{which} {rows} {verb}{_where(diff)}"
    return f"{diff.changed:,} of {diff.compared_before:,} {rows} {verb}{_where(diff)}"


def _where(diff: DataDiff) -> str:
    columns = sorted(diff.changed_columns, key=lambda column: -column.changed)
    if len(columns) == 1:
        by = largest_text(columns[0])
        only = "" if diff.changed == diff.compared_before else "all "
        return f", {only}in `{columns[0].name}`" + (f", by at most {by}" if by else "")
    shown = [f"`{column.name}` ({column.changed:,})" for column in columns[:_NAMED]]
    rest = [f"{len(columns) - _NAMED} more columns"] if len(columns) > _NAMED else []
    return f", in {listed([*shown, *rest])}"


def _came_or_went(rows: int, key_range: KeyRange | None, word: str) -> str:
    if not rows:
        return ""
    what = "day" if key_range and key_range.days else "row"
    return f"{counted(rows, what)} {'is' if rows == 1 else 'are'} {word}{_range(key_range)}"


def _range(key_range: KeyRange | None) -> str:
    if key_range is None:
        return ""
    if key_range.first == key_range.last:
        return f" (`{key_range.name}` {key_range.first})"
    return f" (`{key_range.name}` {key_range.first} to {key_range.last})"


def _column_remarks(diff: DataDiff) -> Iterator[str]:
    renamed = dict(diff.renamed)
    for old, new in renamed.items():
        yield f"`{new}` has the values that `{old}` had: it may be the same column under another name."
    added = [column for column in diff.new_columns if column.name not in renamed.values()]
    gone = [column for column in diff.gone_columns if column.name not in renamed]
    if added:
        names = listed([f"`{column.name}` ({short(column.type)})" for column in added])
        yield f"New {plural(len(added), 'column')}: {names}."
    if gone:
        yield f"Gone {plural(len(gone), 'column')}: {quoted([column.name for column in gone])}."
    for column in diff.columns:
        if column.type_before != column.type_after:
            yield f"`{column.name}` was {short(column.type_before)} and is {short(column.type_after)}."
    if diff.is_reordered:
        yield "The columns come in another order."


def _matching(diff: DataDiff) -> str:
    if diff.key:
        return f"Rows are matched by {quoted(diff.key)}, {_ORIGINS[diff.key_origin]}."
    if not diff.columns:
        return "The two have no column in common, so no row is the same."
    return (
        "Nothing says which columns tell the rows apart, so whole rows are compared: one that changes counts as gone "
        "and as new. To match rows, name these columns: `--key day,channel`."
    )


def _seconds_text(value: str) -> str:
    seconds = Decimal(value)
    for size, unit in _SECONDS:
        if seconds >= size:
            number = number_text(str(seconds / size))
            return f"{number} {unit if number == '1' else f'{unit}s'}"
    return f"{number_text(value)} {plural(seconds, 'second')}"
