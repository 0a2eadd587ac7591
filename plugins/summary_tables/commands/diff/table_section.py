"""One table that a pull request adds, changes, renames or removes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime, time, timedelta

from summary_tables.commands.diff.access_lines import OF_ACCESS, access_lines
from summary_tables.commands.diff.changes import TableChange, changed_settings
from summary_tables.commands.diff.check_lines import check_folds, check_lines
from summary_tables.commands.diff.column_lines import column_lines
from summary_tables.commands.diff.csv_diff import csv_folds, csv_lines
from summary_tables.commands.diff.cut import Part
from summary_tables.commands.diff.hearers import OF_HEARERS, hearer_lines
from summary_tables.commands.diff.query_diff import query_folds
from summary_tables.commands.diff.query_test_part import QueryTests
from summary_tables.commands.diff.refresh_lines import refresh_lines
from summary_tables.commands.diff.schedule_lines import first_run_lines, run_words
from summary_tables.commands.diff.sheet_lines import OF_SHEETS, sheet_lines
from summary_tables.commands.diff.usage_lines import OF_USAGE, usage_lines
from summary_tables.configs.schedule.schedule_in_words import built_in_words
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.lineage import Lineage, tables_read
from summary_tables.text.durations import written_span
from summary_tables.text.markdown_text import code, prose

_MOST = 20


def table_section(
    change: TableChange, after: Lineage, tests: QueryTests, now: datetime, reach: Iterable[str] = ()
) -> Part:
    """All of one table; `after` is the lineage of the folder as it will be, `reach` lines on what that reaches."""
    of_table = _removed(change, after) if change.kind == "removed" else _existing(change, after, tests, now)
    lines = [*of_table, *reach]
    if change.before and change.after:
        lines = _changes_first(lines)
    return Part(
        text=f"### {change.kind.capitalize()}: {code(change.name)}",
        items=tuple(lines),
        folds=(*query_folds(change), *csv_folds(change.before, change.after), *check_folds(change)),
        name=code(change.name),
    )


_OF_EVERY_TABLE = re.compile(
    r"- \*\*(?:Built|Rows come from|Goes to|Refreshed|Owner|Reads|Read by|Columns|Input checks|Output checks|"
    r"Tests of the query)\*\* "
)
_SAYS_A_CHANGE = re.compile(r"→|\((?:new|no longer): |\bfailed$|, not run$")


def _changes_first(lines: Sequence[str]) -> list[str]:
    """What changes, and below it what stays, which is said of every table."""
    groups: list[list[str]] = []
    for line in lines:
        if line.startswith("- "):
            groups.append([line])
        else:
            groups[-1].append(line)
    same = [group[0] for group in groups if len(group) == 1 and _stays_the_same(group[0])]
    changed = [line for group in groups if group[0] not in same for line in group]
    return [*changed, *(["- **The rest**", *(f"  {line}" for line in same)] if changed else same)]


def _stays_the_same(line: str) -> bool:
    return bool(_OF_EVERY_TABLE.match(line)) and not _SAYS_A_CHANGE.search(line)


def _existing(change: TableChange, after: Lineage, tests: QueryTests, now: datetime) -> Iterator[str]:
    yield from _old_name(change, after)
    if change.before is None and (words := change.file.config.table.description):
        yield f"- **Description** {prose(words)}"
    if change.before and _writes_query(change):
        yield "- **Query** changed: see below"
    yield from sheet_lines(change)
    yield from csv_lines(change.before, change.after)
    yield from _built(change, now)
    yield from refresh_lines(change)
    yield _owner(change)
    yield from access_lines(change)
    yield _reads(change)
    yield f"- **Read by** {name_list(after.all_readers(change.name)) or 'nothing here'}"
    yield from hearer_lines(change)
    yield from usage_lines(change)
    yield from column_lines(change)
    yield from check_lines(change)
    yield from _tests(change, tests)
    yield from _settings(change)


def _removed(change: TableChange, after: Lineage) -> Iterator[str]:
    yield _stays(change.name)
    readers = after.all_readers(change.name)
    advice = ", which would go on with the old rows" if readers else "nothing here"
    yield f"- **Still read by** {name_list(readers)}{advice}"
    yield from usage_lines(change)
    yield f"- **Owner** {code(change.file.config.table.owner)}"
    yield _reads(change)
    yield from column_lines(change)
    yield from sheet_lines(change)


def _old_name(change: TableChange, after: Lineage) -> Iterator[str]:
    if change.before and change.before.full_name != change.name:
        old = change.before.full_name
        yield f"- **Was called** {code(old)}"
        yield _stays(old)
        if readers := after.all_readers(old):
            yield f"- **The old name is still read by** {name_list(readers)}"


def _stays(name: str) -> str:
    return (
        f"- **What stays**: {code(name)} and its versions stay in the warehouse, with the rows of the last build, "
        "until somebody drops them. Nothing builds it any more"
    )


def _built(change: TableChange, now: datetime) -> Iterator[str]:
    runs = run_words(change.file.config.table, now)
    yield f"- **Built** {built_words(change)}{f'; next {runs}' if runs else ''}"
    yield from zone_lines(change)
    yield from first_run_lines(change, now)


def zone_lines(change: TableChange) -> Iterator[str]:
    """Another zone is another time of each run, and other days."""
    zone = change.file.config.table.timezone
    before = change.before.config.table.timezone if change.before else zone
    if before != zone:
        yield f"- **⚠ Time zone** {code(before)} → {code(zone)}: {_OTHER_DAYS}"


_OTHER_DAYS = (
    "the schedule is read by its clocks, `{{ ds }}` and the other dates mean its days, and a time without a zone in "
    "the query is one of its clocks"
)


def built_words(change: TableChange) -> str:
    """When the table is built, and when it was."""
    words = built_in_words(change.file.config.table, code)
    before = built_in_words(change.before.config.table, code) if change.before else words
    return words if before == words else f"{before} → {words}"


def _owner(change: TableChange) -> str:
    owner = code(change.file.config.table.owner)
    old = code(change.before.config.table.owner) if change.before else owner
    return f"- **Owner** {owner}" if old == owner else f"- **Owner** {old} → {owner}"


def _reads(change: TableChange) -> str:
    now = tables_read(change.file)
    if now is None:
        return "- **Reads** not known: the query cannot be read"
    words = name_list(now) or "no table"
    if change.before is None or change.after is None:
        return f"- **Reads** {words}"
    old = tables_read(change.before) or ()
    new, gone = [name for name in now if name not in old], [name for name in old if name not in now]
    marks = [f"{word}: {name_list(names)}" for word, names in (("new", new), ("no longer", gone)) if names]
    return f"- **Reads** {words}" + (f" ({'; '.join(marks)})" if marks else "")


def _tests(change: TableChange, tests: QueryTests) -> Iterator[str]:
    """None are worth a word where somebody writes a query."""
    words = tests.words(change.file)
    if words or _writes_query(change):
        yield f"- **Tests of the query** {words or 'none'}"


def _writes_query(change: TableChange) -> bool:
    before = change.before.config.table.main_sql.strip() if change.before else ""
    return before != change.file.config.table.main_sql.strip()


def _settings(change: TableChange) -> Iterator[str]:
    """What the file says beyond the above: every key of a new table, the changed ones of another."""
    if change.before is None:
        for key in sorted(change.file.data.keys() - _SHOWN):
            yield f"- `{key}`: {written_code(getattr(change.file.config.table, key))}"
    elif change.after is not None:
        settings = changed_settings(change.before.config.table, change.after.config.table)
        for key, (before, after) in settings.items():
            if key not in ("owner", "timezone") and key not in OF_ACCESS | OF_HEARERS | OF_SHEETS | OF_USAGE:
                yield f"- `{key}`: {written_code(before)} → {written_code(after)}"
        if (
            change.kind == "changed"
            and change.before.config.table == change.after.config.table
            and not (change.has_other_rows)
        ):
            yield "- Nothing changes for the table: what is new in the file says what held before"


_SHOWN = {
    *("table", "schema", "description", "main_sql", "schedule", "refresh", "owner"),
    *("columns", "input_check", "output_check", "tests"),
    *OF_ACCESS,
    *OF_HEARERS,
    *OF_SHEETS,
    *OF_USAGE,
}


def written_code(value: object) -> str:
    """A value of a config as people write it, as inline code."""
    written = _written(value)
    return code(written) if written else "nothing"


def _written(value: object) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        parts = {key: part for key, part in asdict(value).items() if part not in (None, (), "")}
        return ", ".join(f"{key}: {_nested(part)}" for key, part in parts.items())
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_nested(part)}" for key, part in value.items())
    if isinstance(value, tuple | list):
        return ("; " if any(is_dataclass(each) or isinstance(each, dict) for each in value) else ", ").join(
            map(_written, value)
        )
    if value is None:
        return ""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return written_span(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _nested(value: object) -> str:
    return f"[{_written(value)}]" if isinstance(value, tuple | list) else _written(value)


def name_list(names: Sequence[str]) -> str:
    rest = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(map(code, names[:_MOST])) + rest


def affected_line(file: TableFile, after: Lineage) -> str:
    """One table that does not change itself and reads one that does."""
    table = file.config.table
    reads = name_list(tables_read(file) or ()) or "what its query names"
    return f"- {code(file.full_name)} of {code(table.owner)}, built {built_in_words(table, code)}, reads {reads}" + (
        f"; read by {name_list(found)}" if (found := after.all_readers(file.full_name)) else ""
    )
