"""The whole comment."""

from collections.abc import Iterator, Mapping, Sequence

from summary_tables.commands.diff.build_order import build_order
from summary_tables.commands.diff.changes import KINDS, DefaultChange, FolderChange, TableChange, left_out
from summary_tables.commands.diff.column_lines import lost_columns
from summary_tables.commands.diff.cut import Importance, Part
from summary_tables.commands.diff.data_part import data_part, data_warnings
from summary_tables.commands.diff.dbt_part import dbt_parts
from summary_tables.commands.diff.graph import Graph, graph
from summary_tables.commands.diff.hearers import inherited_lines, left_out_words
from summary_tables.commands.diff.lint_part import counted, verdict_part
from summary_tables.commands.diff.preview import Preview
from summary_tables.commands.diff.project_part import project_parts
from summary_tables.commands.diff.query_test_part import query_test_parts
from summary_tables.commands.diff.reach_lines import reach_lines
from summary_tables.commands.diff.refresh_lines import new_intervals
from summary_tables.commands.diff.source_part import source_parts
from summary_tables.commands.diff.table_section import affected_line, name_list, table_section, written_code
from summary_tables.configs.schedule.schedule_in_words import schedule_in_words
from summary_tables.lint.facts.lineage import Lineage, lineage
from summary_tables.model.table import Schedule
from summary_tables.text.english import listed
from summary_tables.text.markdown_text import code, fence, prose
from summary_tables.text.moments import UTC_NAME

MARKER = "<!-- summary-tables-preview -->"
"""The first line of the comment, by which whoever posts it finds the one that was there before. Nobody sees it."""

_MOST = 20
_WORTH_A_GRAPH = 2


def preview(found: Preview) -> tuple[Part, ...]:
    """The comment in parts, in their order; how much each matters is said by itself."""
    sources = tuple(source_parts(found.before, found.after, found.lineage_after))
    models = tuple(dbt_parts(found.models, lambda name: reach_lines(found.model_columns.get(name, ()), found.owner_of)))
    projects = tuple(project_parts(found.before, found.after))
    if found.change.is_empty and not found.verdict.problems and not (sources or models or projects):
        return (Part(text=f"{MARKER}\nNo summary table changes."),)
    return (
        Part(text=f"{MARKER}\n## {_headline(found)}"),
        verdict_part(found.verdict),
        *query_test_parts(found.tests),
        *_warnings(found),
        *_notes(found.change),
        *build_order(found.changes, found.lineage_after),
        *_data(found),
        *_graph(found),
        *_defaults(found.change, str((found.after.defaults or {}).get("timezone", UTC_NAME))),
        *sources,
        *projects,
        *models,
        *(_section(change, found) for change in found.change.tables),
        *_affected(found),
    )


def _section(change: TableChange, found: Preview) -> Part:
    reach = reach_lines(found.column_changes[change.name], found.owner_of)
    return table_section(change, found.lineage_after, found.tests, found.now, reach)


def _headline(found: Preview) -> str:
    counts = [(kind, len(found.change.of_kind(kind))) for kind in KINDS]
    words = [f"{number:,} {kind}" for kind, number in counts if number]
    words += [f"{len(found.change.inherited):,} changed by defaults.yaml"] if found.change.inherited else []
    words += [f"{len(found.affected):,} affected"] if found.affected else []
    words += [f"{len(found.change.broken):,} unreadable"] if found.change.broken else []
    lint, failed = counted(found.verdict), len(found.tests.failed)
    verdicts = [*([f"lint: {lint}"] if lint else []), *([f"tests: {failed:,} failed"] if failed else [])]
    return "; ".join([f"Summary tables: {', '.join(words) or 'no table changes'}", *verdicts])


def _warnings(found: Preview) -> Iterator[Part]:
    """What a reviewer must not miss in the sections below."""
    lines = [line for change in found.changes for line in _warnings_of(change, found.lineage_after)]
    lines += data_warnings(found.rows)
    rest = [f"- and {len(lines) - _MOST:,} more"] if len(lines) > _MOST else []
    if lines:
        yield Part(
            text="**Before this is merged:**",
            items=(*lines[:_MOST], *rest),
            name="the warnings",
            importance=Importance.ERRORS,
        )


def _warnings_of(change: TableChange, after: Lineage) -> Iterator[str]:
    if lost := lost_columns(change):
        yield f"- {code(change.name)} loses {lost}: publishing refuses that, and every run would fail"
    old = change.before.full_name if change.before else ""
    readers = after.all_readers(old) if change.after is None or change.name != old else ()
    if old and readers:
        yield f"- {code(old)} is built no longer, and {name_list(readers)} still {_reads(readers)} it"


def _data(found: Preview) -> Iterator[Part]:
    yield from map(data_part, found.rows.values())
    if found.without_data:
        text = f"**The rows before and after** are not shown: {prose(found.without_data)}."
        yield Part(text=text, name="the rows", importance=Importance.DATA)


def _reads(readers: Sequence[str]) -> str:
    return "reads" if len(readers) == 1 else "read"


def _notes(change: FolderChange) -> Iterator[Part]:
    if change.has_broken_defaults:
        yield Part(
            text="Something in `defaults.yaml` is wrong: tables that need it would not be run. Below, tables are shown "
            "with the values that it had."
        )
    if change.broken:
        names = _files(change.broken)
        yield Part(text=f"Cannot be read, and so not shown below: {names}. See what lint says.")
    if change.now_readable:
        yield Part(text=f"Could not be read before, and so shown as added: {_files(change.now_readable)}.")
    if change.deleted_unread:
        yield Part(text=f"Deleted, and could not be read before: {_files(change.deleted_unread)}.")
    if change.rewritten:
        yield Part(text=f"Only comments or layout change: {_files(change.rewritten)}.")


def _files(names: Sequence[str]) -> str:
    return listed([code(f"{name}.yaml") for name in names], _MOST)


def _graph(found: Preview) -> Iterator[Part]:
    """Of one table alone it would show no more than what it reads, which stands in its section."""
    marks = _marks(found)
    if len(marks) < _WORTH_A_GRAPH:
        return
    drawn = graph(marks, lineage(found.before), found.lineage_after)
    if drawn.text:
        text = f"{fence(drawn.text, 'mermaid')}{_not_drawn(drawn)}"
        yield Part(text=text, name="the graph", importance=Importance.LINEAGE)


def _not_drawn(drawn: Graph) -> str:
    """The middle is left out: where rows come from and where they end is drawn first."""
    words = []
    if drawn.left_out:
        words.append(f"{drawn.left_out:,} of the {drawn.marked:,} tables above")
    if drawn.sources_left_out:
        words.append(f"{drawn.sources_left_out:,} that they read")
    return f"\n\nNot drawn, for want of room: {listed(words)}." if words else ""


def _marks(found: Preview) -> Mapping[str, str]:
    marks: dict[str, str] = {change.name: change.kind for change in found.changes}
    marks |= {file.full_name: "broken" for file in found.before.files if file.config.path.stem in found.change.broken}
    return marks | dict.fromkeys(found.affected, "affected")


def _defaults(change: FolderChange, zone: str) -> Iterator[Part]:
    if change.defaults:
        heard = inherited_lines(change.unchanged)
        lines = (*(_default_line(each, zone) for each in change.defaults), *_new_intervals(change.inherited), *heard)
        yield Part(text="### Changed: `defaults.yaml`", items=lines, name="`defaults.yaml`")


def _new_intervals(changes: Sequence[TableChange]) -> Iterator[str]:
    """Tables that grow have no section of their own where only their schedule changes, with all others'."""
    names: dict[str, list[str]] = {}
    for change in changes:
        if words := new_intervals(change):
            names.setdefault(words, []).append(change.name)
    for words, tables in names.items():
        yield f"- **⚠ Intervals** of {_some(tables)}: {words}"


def _some(names: Sequence[str]) -> str:
    return listed([code(name) for name in names], _MOST)


def _default_line(change: DefaultChange, zone: str) -> str:
    pair = f"{_written(change.key, change.before, zone)} → {_written(change.key, change.after, zone)}"
    if change.touches_all:
        return f"- `{change.key}`: {pair}, for all tables"
    return f"- `{change.key}`: {pair}, for {_some(change.tables) if change.tables else 'no table: each has its own'}"


def _written(key: str, value: object, zone: str) -> str:
    """A value, and what it means where it is no plain one; where the key is left out, what that means."""
    if value is None:
        return f"left out, so {left_out_words(key) or written_code(left_out(key))}"
    if value == {} and key.startswith("owners"):
        return "listed"
    cron = value if key == "schedule" and isinstance(value, str) and value != "none" else ""
    if not cron:
        return written_code(value)
    return f"{written_code(value)} ({schedule_in_words(Schedule(cron=cron), code, zone)})"


def _affected(found: Preview) -> Iterator[Part]:
    if not found.affected:
        return
    files = [found.after.by_name[name] for name in found.affected[:_MOST]]
    lines = [affected_line(file, found.lineage_after) for file in files]
    rest = [f"- and {len(found.affected) - _MOST:,} more"] if len(found.affected) > _MOST else []
    yield Part(
        text="### Affected\n\nThese do not change themselves, and read what does, directly or through others.",
        items=(*lines, *rest),
        name="the affected tables",
        importance=Importance.LINEAGE,
    )
