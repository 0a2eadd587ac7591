"""What a pull request changes of the files by which dbt projects run: what runs, when, and who hears of it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final

from summary_tables.commands.diff.cut import Part
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.schedule_in_words import schedule_in_words
from summary_tables.model.dbt_project import DbtProject, DbtSelection
from summary_tables.text.english import listed
from summary_tables.text.markdown_text import code

_SHOWN: Final = frozenset({"name", "dbt", "schedule", "timezone", "owner", "conn_id"})
_SHOWN_OF_DBT: Final = frozenset({"project", "select", "exclude", "target", "schema"})
_GONE: Final = "- Its DAG goes. What it built stays as it is, and nothing here keeps it up to date"


def project_parts(before: ConfigFolder, after: ConfigFolder) -> Iterator[Part]:
    """One for each file of a project that is added, changed or removed."""
    old, new = _projects(before), _projects(after)
    for name in sorted(old.keys() | new.keys()):
        if lines := tuple(_lines(old.get(name), new.get(name))):
            kind = "Added" if name not in old else "Removed" if name not in new else "Changed"
            yield Part(text=f"### {kind}: dbt project {code(name)}", items=lines, name=f"the dbt project {code(name)}")


def changed_projects(before: ConfigFolder, after: ConfigFolder) -> frozenset[str]:
    """The names of the files of projects that are added or changed."""
    old, new = _projects(before), _projects(after)
    return frozenset(name for name, project in new.items() if old.get(name) != project)


def _projects(folder: ConfigFolder) -> Mapping[str, DbtProject]:
    return {file.config.project.name: file.config.project for file in folder.projects}


def _lines(before: DbtProject | None, after: DbtProject | None) -> Iterator[str]:
    if after is None:
        yield _GONE
        return
    old, new = _facts(before) if before else {}, _facts(after)
    for name, words in new.items():
        if before is None:
            yield f"- **{name}** {words}"
        elif old[name] != words:
            yield f"- **{name}** {old[name]} → {words}"
    if before and (others := tuple(_others(before, after))):
        yield f"- **Also changes** {listed([code(name) for name in others])}"


def _facts(project: DbtProject) -> Mapping[str, str]:
    wanted = project.dbt
    what = f"{_words(wanted.select)} of {code(wanted.project)}" if wanted.select else f"all of {code(wanted.project)}"
    without = f", without {_words(wanted.exclude)}" if wanted.exclude else ""
    schema = f", in the schema {code(wanted.schema)}" if wanted.schema else ""
    return {
        "Runs": schedule_in_words(project.schedule, code, project.timezone),
        "Builds": f"{what}{without}, for the target {code(wanted.target)}{schema}",
        "Owner": code(project.owner),
        "Connection": code(project.conn_id),
    }


def _words(selectors: tuple[str, ...]) -> str:
    return listed([code(each) for each in selectors])


def _others(before: DbtProject, after: DbtProject) -> Iterator[str]:
    """The keys whose values differ, of those that no other line has."""
    pairs: tuple[tuple[type, object, object, frozenset[str]], ...] = (
        (DbtSelection, before.dbt, after.dbt, _SHOWN_OF_DBT),
        (DbtProject, before, after, _SHOWN),
    )
    for kind, old, new, shown in pairs:
        names = (field.name for field in fields(kind) if field.name not in shown)
        yield from (name for name in names if getattr(old, name) != getattr(new, name))
