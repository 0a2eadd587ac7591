"""What `deprecated` names with `use` is a table of this folder, or of `sources/`, and stays.

PASS: `deprecated: {after: "2026-12-31", use: analytics.visits}` beside `visits.yaml`
FAIL: `deprecated: {after: "2026-12-31", use: analytics.vistis}`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.known_tables import known_tables
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.usage import Deprecation
from summary_tables.text.spelling import nearest_table


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    deprecation = file.config.table.deprecated
    if deprecation is None or not deprecation.use:
        return
    place, use = file.place_of_setting(("deprecated", "use")), deprecation.use
    if use == file.full_name:
        yield Finding(place=place, message=f"`use` names {use} itself, which is to go", fix="name the table to take")
    elif not _is_known(use, folder):
        near = nearest_table(use, sorted(_known(folder) - {file.full_name}))
        yield Finding(
            place=place,
            message=f"`use` names {use}, which no file here builds and `sources/` does not know",
            fix=f"write `{near}`" if near else "name a table that has a file here, or add it to `sources/`",
        )
    elif other := _deprecation(use, folder):
        stays = _that_stays(other, folder)
        fix = f"write `{stays}`, to which that leads" if stays else "name a table that stays"
        yield Finding(place=place, message=f"`use` names {use}, which is deprecated, too", fix=fix)


RULE = Rule(check=check, level="warning", needs="folder")


def _is_known(name: str, folder: ConfigFolder) -> bool:
    """What stands in a file that cannot be read is not known, and may be it."""
    schema, _, table = name.partition(".")
    return name in _known(folder) or table in folder.unreadable or schema in folder.sources.unreadable


def _known(folder: ConfigFolder) -> set[str]:
    return {*folder.by_name, *(".".join(key) for key in known_tables(folder))}


def _deprecation(name: str, folder: ConfigFolder) -> Deprecation | None:
    other = folder.by_name.get(name)
    return other.config.table.deprecated if other else None


def _that_stays(deprecation: Deprecation, folder: ConfigFolder) -> str:
    """Where one comes that goes on from table to table; empty: nowhere, or in a circle."""
    passed: set[str] = set()
    following: Deprecation | None = deprecation
    name = ""
    while following is not None:
        name = following.use
        if not name or name in passed or not _is_known(name, folder):
            return ""
        passed.add(name)
        following = _deprecation(name, folder)
    return name
