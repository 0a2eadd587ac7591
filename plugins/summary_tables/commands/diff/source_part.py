"""What a pull request changes in the files of `sources/`: what is known of tables that others fill."""

from collections.abc import Iterator

from summary_tables.commands.diff.cut import Part
from summary_tables.commands.diff.table_section import name_list
from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.model.source_table import SourceTable
from summary_tables.text.markdown_text import code


def source_parts(before: ConfigFolder, after: ConfigFolder, lineage: Lineage) -> Iterator[Part]:
    """One, or none where nothing changes. `lineage` is that of `after`."""
    old, new = before.sources.tables, after.sources.tables
    lines = []
    for key in sorted({*old, *new}):
        if words := "; ".join(_changes(old.get(key), new.get(key))):
            name = ".".join(key)
            readers = lineage.readers.get(name, ())
            lines.append(f"- {code(name)}: {words}" + (f". Read by {name_list(readers)}" if readers else ""))
    if lines:
        text = "### Changed: what is known of tables that others fill"
        yield Part(text=text, items=tuple(lines), name="what is known of sources")


def _changes(before: SourceTable | None, after: SourceTable | None) -> Iterator[str]:
    if before is None or after is None:
        yield "known from now on" if before is None else "known no longer"
        return
    old = {column.name: column.type for column in before.columns}
    new = {column.name: column.type for column in after.columns}
    if added := [name for name in new if name not in old]:
        yield f"new: {name_list(added)}"
    if gone := [name for name in old if name not in new]:
        yield f"gone: {name_list(gone)}"
    for name in new:
        if name in old and old[name] != new[name]:
            yield f"{code(name)} is {code(new[name])}, was {code(old[name])}"
    if before.loaded_at != after.loaded_at:
        yield "another `loaded_at`"
