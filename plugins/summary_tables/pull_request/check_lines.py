"""The checks of a table before and after."""

from collections import Counter
from collections.abc import Iterator, Sequence

from summary_tables.checks import Check
from summary_tables.pull_request.changes import TableChange
from summary_tables.pull_request.markdown_text import code
from summary_tables.table_file import TableFile

_MOST = 20


def check_lines(change: TableChange) -> Iterator[str]:
    """Lines of a list in Markdown."""
    before, after = _checks(change.before), _checks(change.after)
    for index, title in enumerate(("Input checks", "Output checks")):
        yield from _group(title, before[index] if before else None, after[index] if after else None)
    if after and not after[1]:
        yield "  - so whatever the query gives is published"


def _checks(file: TableFile | None) -> tuple[Sequence[Check], Sequence[Check]] | None:
    return (file.config.table.input_check, file.config.table.output_check) if file else None


def _group(title: str, before: Sequence[Check] | None, after: Sequence[Check] | None) -> Iterator[str]:
    if before is None or after is None:
        yield f"- **{title}** {_labels((before if after is None else after) or ())}"
        return
    new, gone = _without(after, before), _without(before, after)
    if not new and not gone:
        yield f"- **{title}** {_labels(after)}{', as before' if after else ''}"
        return
    labels = {check.label() for check in new} & {check.label() for check in gone}
    yield f"- **{title}** {_labels(before)} → {_labels(after)}"
    for word, checks in (("new", new), ("gone", gone)):
        shown = [check for check in checks if check.label() not in labels]
        if shown:
            yield f"  - {word}: {_labels(shown)}"
    yield from (f"  - another query: {_labels([check])}" for check in new if check.label() in labels)


def _without(checks: Sequence[Check], others: Sequence[Check]) -> list[Check]:
    rest = list((Counter(checks) - Counter(others)).elements())
    return [check for check in checks if check in rest]


def _labels(checks: Sequence[Check]) -> str:
    rest = f" and {len(checks) - _MOST:,} more" if len(checks) > _MOST else ""
    return (", ".join(code(check.label()) for check in checks[:_MOST]) or "none") + rest
