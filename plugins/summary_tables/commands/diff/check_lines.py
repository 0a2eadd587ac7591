"""The checks of a table before and after."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summary_tables.checks import Check, CheckName, check_names
from summary_tables.commands.diff.changes import TableChange
from summary_tables.configs.table_file import TableFile
from summary_tables.model.table import CheckStep
from summary_tables.text.markdown import code

_MOST = 20


@dataclass(frozen=True, slots=True)
class _Listed:
    """A check with what it is called in its list."""

    check: Check
    name: CheckName

    def __str__(self) -> str:
        return f"{code(self.name.label)}{' (warns)' if self.check.severity == 'warn' else ''}"


def check_lines(change: TableChange) -> Iterator[str]:
    """Lines of a list in Markdown."""
    steps: tuple[tuple[str, CheckStep], ...] = (("Input checks", "input_check"), ("Output checks", "output_check"))
    for title, step in steps:
        yield from _group(title, _listed(change.before, step), _listed(change.after, step))
    if change.after and not change.after.config.table.output_check:
        yield "  - so whatever the query gives is published"


def _listed(file: TableFile | None, step: CheckStep) -> Sequence[_Listed] | None:
    """The checks as the file spells them, with `{schema}` and `{table}`."""
    if file is None:
        return None
    checks = file.config.table.checks(step)
    return tuple(map(_Listed, checks, check_names(checks)))


def _group(title: str, before: Sequence[_Listed] | None, after: Sequence[_Listed] | None) -> Iterator[str]:
    if before is None or after is None:
        yield f"- **{title}** {_labels((before if after is None else after) or ())}"
        return
    new, gone = _without(after, before), _without(before, after)
    if not new and not gone:
        yield f"- **{title}** {_labels(after)}{', as before' if after else ''}"
        return
    old_ones = {each.name.key: each for each in gone}
    changed = {each.name.key for each in new} & old_ones.keys()
    yield f"- **{title}** {_labels(before)} → {_labels(after)}"
    for word, checks in (("new", new), ("gone", gone)):
        shown = [each for each in checks if each.name.key not in changed]
        if shown:
            yield f"  - {word}: {_labels(shown)}"
    for each in new:
        if each.name.key in changed:
            yield f"  - {_change(old_ones[each.name.key], each)}"


def _change(before: _Listed, after: _Listed) -> str:
    """What became of a check that is still the same one."""
    if before.name.label != after.name.label:
        return f"{before} is now {after}"
    return f"{' and '.join(_changes(before.check, after.check))}: {code(after.name.label)}"


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


def _without(checks: Sequence[_Listed], others: Sequence[_Listed]) -> list[_Listed]:
    rest = Counter(each.check for each in checks) - Counter(each.check for each in others)
    return [each for each in checks if each.check in rest]


def _labels(checks: Sequence[_Listed]) -> str:
    rest = f" and {len(checks) - _MOST:,} more" if len(checks) > _MOST else ""
    return (", ".join(map(str, checks[:_MOST])) or "none") + rest
