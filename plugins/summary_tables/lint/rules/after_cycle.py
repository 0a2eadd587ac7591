"""Tables do not wait for each other in a circle.

None of them would ever start, or all of them without end.

A model of a dbt project waits for what its project waits for.

Each circle is said once, in the file of its first table by name; where lint was given only some files, in the first of
those.

PASS: `schedule: {after: [analytics.b]}` in `a.yaml` and `schedule: "0 3 * * *"` in `b.yaml`
FAIL: `schedule: {after: [analytics.b]}` in `a.yaml` and `schedule: {after: [analytics.a]}` in `b.yaml`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.builders import Builder
from summary_tables.lint.facts.circles import FIX, circle_words, is_asked, way_back
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule, first = file.config.table.schedule, file.full_name

    def passes(name: str, builder: Builder) -> bool:
        """A circle through a table before this one, of whose file somebody wants to hear, is said there."""
        return bool(builder.project) or name > first or not is_asked(builder, folder)

    if not way_back(schedule.tables, folder, first.__eq__, passes):
        return
    for name, path in table_paths(schedule):
        if way := way_back((name,), folder, first.__eq__, passes):
            yield Finding(place=file.place_of_setting(path), message=circle_words((first, *way), folder), fix=FIX)


RULE = Rule(check=check, level="error", stage="waiting", needs="folder")
