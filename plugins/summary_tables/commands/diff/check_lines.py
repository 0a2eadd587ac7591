"""The checks of a table before and after."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summary_tables.checks import Check, CheckName, check_names
from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.cut import Fold
from summary_tables.configs.table_file import TableFile
from summary_tables.model.table import CheckStep
from summary_tables.text.markdown_text import code

_MOST = 20
_LONGEST_SQL = 400


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
        head, *more = _group(title, _listed(change.before, step), _listed(change.after, step))
        is_unchecked = step == "output_check" and change.after and not change.after.config.table.output_check
        giver = "query" if change.file.config.table.main_sql else "file"
        yield head + (f", so whatever the {giver} gives is published" if is_unchecked else "")
        yield from more


def _listed(file: TableFile | None, step: CheckStep) -> Sequence[_Listed] | None:
    """The checks as the file spells them, with `{schema}` and `{table}`."""
    if file is None:
        return None
    checks = file.config.table.checks(step)
    return tuple(map(_Listed, checks, check_names(checks)))


def _group(title: str, before: Sequence[_Listed] | None, after: Sequence[_Listed] | None) -> Iterator[str]:
    if before is None or after is None:
        checks = (before if after is None else after) or ()
        yield f"- **{title}** {_labels(checks)}"
        yield from _unexplained(checks if before is None else ())
        return
    new, gone = _without(after, before), _without(before, after)
    if not new and not gone:
        yield f"- **{title}** {_labels(after)}{', as before' if after else ''}"
        return
    yield from _changed_group(title, before, after)


def _changed_group(title: str, before: Sequence[_Listed], after: Sequence[_Listed]) -> Iterator[str]:
    new, gone = _without(after, before), _without(before, after)
    pairs = dict(_pairs(new, gone))
    yield f"- **{title}** {_labels(before)} → {_labels(after)}"
    for word, checks in (("new", new), ("gone", gone)):
        shown = [each for each in checks if each not in pairs and each not in pairs.values()]
        if shown:
            yield f"  - {word}: {_labels(shown)}"
    for each, old in pairs.items():
        yield f"  - {_change(old, each)}"
    yield from _unexplained(new)


def _pairs(new: Sequence[_Listed], gone: Sequence[_Listed]) -> Iterator[tuple[_Listed, _Listed]]:
    """Checks that are still the same one, or at least called the same, with what they were."""
    by_key, by_label = {each.name.key: each for each in gone}, {each.name.label: each for each in gone}
    same = {each.name.key for each in new} & by_key.keys()
    for each in new:
        if each.name.key in same:
            yield each, by_key[each.name.key]
        elif (old := by_label.get(each.name.label)) and old.name.key not in same:
            yield each, old


def _unexplained(checks: Sequence[_Listed]) -> Iterator[str]:
    """What is asked by checks whose name does not tell; of several lines, see `check_folds`."""
    for each in [each for each in checks if each.check.unexplained][:_MOST]:
        if _is_one_line(each):
            yield f"  - {code(each.name.label)} asks {code(each.check.unexplained, longest=_LONGEST_SQL)}"


def check_folds(change: TableChange) -> Iterator[Fold]:
    """The queries of new and changed checks whose name does not tell what they ask, where they have several lines."""
    steps: tuple[CheckStep, ...] = ("input_check", "output_check")
    for step in steps:
        after = _listed(change.after, step) or ()
        shown = [each for each in _without(after, _listed(change.before, step) or ()) if each.check.unexplained]
        if texts := [_commented(each) for each in shown[:_MOST] if not _is_one_line(each)]:
            yield Fold(summary=f"What is asked in {step}", text="\n\n".join(texts), language="sql")


def _is_one_line(listed: _Listed) -> bool:
    sql = listed.check.unexplained.strip()
    return "\n" not in sql and len(sql) <= _LONGEST_SQL


def _commented(listed: _Listed) -> str:
    return f"-- {listed.name.label}\n{listed.check.unexplained.strip()}"


def _change(before: _Listed, after: _Listed) -> str:
    """What became of a check that is still the same one."""
    if before.name.label != after.name.label:
        return f"{before} is now {after}"
    words = f"{' and '.join(_changes(before.check, after.check))}: {code(after.name.label)}"
    is_other_query = after.check.IS_QUERY and after.check.name and before.check.sql != after.check.sql
    return words + (f" asks {code(after.check.sql, longest=_LONGEST_SQL)}" if is_other_query else "")


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
