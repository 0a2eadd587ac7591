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
    old_ones = {check.label(): check for check in gone}
    labels = old_ones.keys() & {check.label() for check in new}
    yield f"- **{title}** {_labels(before)} → {_labels(after)}"
    for word, checks in (("new", new), ("gone", gone)):
        shown = [check for check in checks if check.label() not in labels]
        if shown:
            yield f"  - {word}: {_labels(shown)}"
    for check in new:
        if check.label() in labels:
            yield f"  - {' and '.join(_changes(old_ones[check.label()], check))}: {code(check.label())}"


def _changes(before: Check, after: Check) -> Sequence[str]:
    """What became of a check that keeps its name."""
    changes = []
    if before.severity != after.severity:
        changes.append("only warns now" if after.severity == "warn" else "stops the run now")
    if before.samples != after.samples:
        changes.append("messages show values now" if after.samples else "messages show no values now")
    if not changes or before.without_samples().sql != after.without_samples().sql:
        changes.append("another query")
    return changes


def _without(checks: Sequence[Check], others: Sequence[Check]) -> list[Check]:
    rest = list((Counter(checks) - Counter(others)).elements())
    return [check for check in checks if check in rest]


def _labels(checks: Sequence[Check]) -> str:
    rest = f" and {len(checks) - _MOST:,} more" if len(checks) > _MOST else ""
    return (", ".join(map(_label, checks[:_MOST])) or "none") + rest


def _label(check: Check) -> str:
    return f"{code(check.label())}{' (warns)' if check.severity == 'warn' else ''}"
