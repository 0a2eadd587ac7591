"""`after` names tables that files of this folder build.

A table that waits for another would never start.

PASS: `schedule: {after: [analytics.mau_summary]}` beside `mau_summary.yaml`
FAIL: `schedule: {after: [analytics.mau_sumary]}`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.project_tables import tables_of_projects
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.spelling import nearest_table


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule = file.config.table.schedule
    built = sorted(folder.by_name.keys() - {file.full_name}) if schedule.after else []
    for name, path in table_paths(schedule):
        if (
            name not in folder.by_name
            and name.partition(".")[2] not in folder.unreadable
            and not _is_dbts(name, folder)
        ):
            near = nearest_table(name, built)
            yield Finding(
                place=file.place_of_setting(path),
                message=f"`after` names {name}, which no file here builds, so this table would never start",
                fix=f"write `{near}`" if near else "name tables that have a file here; others need no waiting for",
            )


def _is_dbts(name: str, folder: ConfigFolder) -> bool:
    """A dbt project of the folder builds it, or may: nothing says yet what the project builds."""
    if not folder.projects:
        return False
    found = tables_of_projects(folder)
    return found is None or name in found


RULE = Rule(check=check, level="error", stage="waiting", needs="folder")
