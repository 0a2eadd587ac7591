"""Where many tables come or change: which is built first, and behind which."""

from collections.abc import Iterator, Mapping, Sequence

from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.cut import Part
from summary_tables.commands.diff.table_section import built_words, name_list
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.text.english import counted, listed
from summary_tables.text.markdown_text import code

_WORTH_A_WORD = 5
_MOST = 50

BY_HAND = 0
"""The wave of a table that somebody has to start, and of those that wait for it."""


def build_order(changes: Sequence[TableChange], after: Lineage) -> Iterator[Part]:
    """Of new tables the waves in which they are first built, of others the order in which they need each other."""
    new = {change.name: change for change in changes if change.after and change.kind in ("added", "renamed")}
    old = {change.name: change for change in changes if change.after and change.name not in new}
    if len(new) >= _WORTH_A_WORD:
        yield Part(
            text="**First builds** once this is merged, in waves; tables of one wave are built side by side:",
            items=tuple(_wave_lines(new, after)),
            name="the waves of the first builds",
        )
        new = {}
    if len({**new, **old}) >= _WORTH_A_WORD:
        yield Part(
            text="**In the order in which they are built**, each behind those that it reads:",
            items=tuple(_lines_in_order({**new, **old}, after)),
            name="the overview",
        )


def waves(new: Mapping[str, TableChange], after: Lineage) -> Mapping[str, int]:
    """By table: 1 for what is built at once, 2 for what waits for that, and so on."""
    found: dict[str, int] = {}
    for name in after.in_build_order(new):
        waited = [found.get(other, BY_HAND) for other in after.waits[name] if other in new]
        schedule = new[name].file.config.table.schedule
        starts = not schedule.is_by_hand and BY_HAND not in waited
        found[name] = max(waited, default=0) + 1 if starts else BY_HAND
    return found


def _wave_lines(new: Mapping[str, TableChange], after: Lineage) -> Iterator[str]:
    found = waves(new, after)
    names = after.in_build_order(new)
    for wave in range(1, max(found.values()) + 1):
        yield f"{wave}. {'at once' if wave == 1 else 'as soon as those are published'}"
        yield from _capped([f"   - {_first_build(new[name])}" for name in sorted(names) if found[name] == wave])
    if by_hand := [name for name in names if found[name] == BY_HAND]:
        yield f"- when somebody starts them, or what they wait for: {name_list(by_hand)}"
    for name in names:
        read = [other for other in after.reads[name] if other in found and other != name]
        if early := [other for other in read if _may_lack(found[name], found[other])]:
            yield f"- ⚠ {code(name)} reads {name_list(early)}, which may not be there yet, and its first run then fails"


def _may_lack(wave: int, read: int) -> bool:
    return wave != BY_HAND and (read == BY_HAND or read >= wave)


def _first_build(change: TableChange) -> str:
    schedule = change.file.config.table.schedule
    is_plain = schedule.after == schedule.tables and not (schedule.cron or schedule.any_of)
    when = f"behind {listed([code(name) for name in schedule.tables])}" if schedule.after and is_plain else ""
    when = when or f"then {built_words(change)}"
    return f"{code(change.name)}, {when}"


def _lines_in_order(changes: Mapping[str, TableChange], after: Lineage) -> Iterator[str]:
    names = after.in_build_order(changes)
    lines = [f"{place}. {code(name)}: {_kind_words(changes[name])}" for place, name in enumerate(names, 1)]
    yield from _capped(lines)


def _kind_words(change: TableChange) -> str:
    return f"{change.kind}, built {built_words(change)}"


def _capped(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"   - and {counted(len(lines) - _MOST, 'more table')}"
