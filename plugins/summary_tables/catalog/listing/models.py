"""Which models and dbt projects somebody means who types some words; tables are found by `search`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.listing.folded import folded
from summary_tables.catalog.listing.search import Match, Places, Rank, rank_of
from summary_tables.lint.facts.project_models import ProjectModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A project (`model` is None), or a model of it. `columns`: those that have one of the words."""

    project: ProjectEntry
    model: ProjectModel | None = None
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.model.full_name if self.model else self.project.name

    @property
    def description(self) -> str:
        return self.model.description if self.model else self.project.description


def found_models(projects: Iterable[ProjectEntry], words: tuple[str, ...]) -> tuple[Found, ...]:
    """What has all of the words, the best first; all of it, in its order, where there is none to look for."""
    if not words:
        return tuple(_all(projects))
    ranked = ((rank_of(_places(each), words), each) for each in _all(projects))
    fitting = [(found, each) for found, each in ranked if found is not None]
    fitting.sort(key=lambda pair: _order(*pair))
    return tuple(_with_columns(each, words) for _, each in fitting)


def _all(projects: Iterable[ProjectEntry]) -> Iterator[Found]:
    for project in projects:
        yield Found(project=project)
        yield from (Found(project=project, model=model) for model in project.models)


def _order(found: Rank, each: Found) -> tuple[Rank, bool, str]:
    return found, each.model is not None, each.name


def _places(each: Found) -> Places:
    columns = each.model.columns if each.model else ()
    names = [each.name, *([each.model.name] if each.model else [])]
    described = (each.description, *(column.description for column in columns))
    return (
        (Match.WITHIN_NAME, folded("\n".join(dict.fromkeys(names)))),
        (Match.COLUMN, folded("\n".join(column.name for column in columns))),
        (Match.DESCRIPTION, folded("\n".join(described))),
    )


def _with_columns(each: Found, words: tuple[str, ...]) -> Found:
    if each.model is None:
        return each
    wanted = [word for word in words if word not in folded(each.name)]
    named = tuple(
        column.name
        for column in each.model.columns
        if any(word in folded(f"{column.name} {column.description}") for word in wanted)
    )
    return Found(project=each.project, model=each.model, columns=named)
