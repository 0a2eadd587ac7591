"""What a pull request changes in dbt projects of the folder, as far as it reaches summary tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from summary_tables.commands.diff.cut import Part
from summary_tables.commands.diff.dbt_sides import tables_of
from summary_tables.commands.diff.lost_models import DbtProjects, LostModel, called, known_name
from summary_tables.commands.diff.model_columns import ColumnGone
from summary_tables.commands.diff.table_section import name_list
from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.lint.facts.table_name_fix import table_name_fix
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.text.english import listed, plural
from summary_tables.text.markdown_text import code, prose

RULE = "dbt-model"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Whoever reads a model or waits for it: a table, or a dbt project (`is_project`)."""

    name: str
    path: Path
    file: str
    names: tuple[str, ...]
    is_project: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChange:
    """What becomes of a model that somebody reads: `what` goes on behind its name. `columns`: those that it loses.

    `table` and `instead` are as in `LostModel`; `readers` are the names of tables and of projects' files.
    """

    project: str
    model: str
    kind: Literal["changed", "columns", "gone"]
    what: str
    table: str = ""
    instead: str = ""
    columns: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


def model_changes(projects: DbtProjects, lineage: Lineage) -> tuple[ModelChange, ...]:
    """Those of models that a summary table or a project reads. `lineage` is that of the state behind."""
    readers = tuple(_readers(projects.after, lineage))
    found = (*_changed(projects), *_columns(projects), *_lost(projects))
    with_readers = (replace(each, readers=_names_of(each, readers, projects.after)) for each in found)
    return tuple(each for each in with_readers if each.readers)


ReachOf = Callable[[str], Iterable[str]]
"""Lines of what the changes of a model's columns reach, by its full name."""


def dbt_parts(changes: Sequence[ModelChange], reach_of: ReachOf) -> Iterator[Part]:
    """One, or none where no model changes that a summary table reads."""
    if changes:
        text = "### Changed: dbt models that summary tables read"
        items = tuple("\n".join(_lines(each, reach_of)) for each in changes)
        yield Part(text=text, items=items, name="what changes in dbt models")


def _lines(change: ModelChange, reach_of: ReachOf) -> Iterator[str]:
    what = prose(change.what)
    if change.columns:
        names = listed([code(column) for column in change.columns])
        what = f"loses {_the_columns(change.columns)} {names} of its contract"
    yield f"- {code(change.model)} of {code(change.project)} {what}. Read by {name_list(change.readers)}"
    if change.kind == "changed":
        yield from (f"  {line}" for line in reach_of(change.table))


def _changed(projects: DbtProjects) -> Iterator[ModelChange]:
    """Models whose files say something else now, or which read other tables by what other files say."""
    gone = {(lost.project, lost.model) for lost in projects.lost}
    for file in projects.after.projects:
        project, name = projects.of(file), file.config.project.name
        for node in tables_of(file, project.manifest_after(file)):
            is_changed = project.changes.files.get(node.path) == "changed"
            what = "changes" if is_changed else _other_tables(known_name(node), projects)
            if what and (name, called(node)) not in gone:
                yield ModelChange(project=name, model=called(node), kind="changed", what=what, table=known_name(node))


def _other_tables(model: str, projects: DbtProjects) -> str:
    """A source is renamed, or a model that it reads goes elsewhere; empty: it reads what it did."""
    before, after = projects.queries_before.get(model), projects.queries_after.get(model)
    if not before or not after:
        return ""
    old = [name for name in before.reads if name not in after.reads]
    new = [name for name in after.reads if name not in before.reads]
    is_known = all(all(name.split(".", 1)) for name in (*old, *new))
    return f"reads {listed(new)} instead of {listed(old)}" if old and new and is_known else ""


def _columns(projects: DbtProjects) -> Iterator[ModelChange]:
    for lost in projects.lost_columns:
        what = f"loses {_the_columns(lost.columns)} {listed(lost.columns)} of its contract"
        yield ModelChange(
            project=lost.project,
            model=lost.model,
            kind="columns",
            what=what,
            table=lost.table,
            columns=lost.columns,
        )


def _the_columns(columns: Sequence[str]) -> str:
    return f"the {plural(len(columns), 'column')}"


def _lost(projects: DbtProjects) -> Iterator[ModelChange]:
    for lost in projects.lost:
        yield ModelChange(
            project=lost.project,
            model=lost.model,
            kind="gone",
            what=lost.what,
            table=lost.table,
            instead=lost.instead,
        )


def _names_of(change: ModelChange, readers: Iterable[_Reader], after: ConfigFolder) -> tuple[str, ...]:
    return tuple(each.name for each in _readers_of(change, readers, after))


def _readers(after: ConfigFolder, lineage: Lineage) -> Iterator[_Reader]:
    for name in sorted(lineage.reads):
        file = after.by_name[name]
        names = (*lineage.reads[name], *lineage.waits[name])
        yield _Reader(name=name, path=file.path, file=file.name, names=names)
    for project in after.projects:
        config = project.config
        names = config.project.schedule.tables
        yield _Reader(name=config.project.name, path=project.path, file=config.file, names=names, is_project=True)


def _readers_of(model: LostModel | ModelChange, readers: Iterable[_Reader], after: ConfigFolder) -> list[_Reader]:
    return [each for each in readers if any(_is_read_as(model, name, after) for name in each.names)]


def _is_read_as(model: LostModel | ModelChange, name: str, after: ConfigFolder) -> bool:
    """Whether a table that somebody reads is this one; of one whose schema nobody knows, the name says it."""
    if name in after.by_name:
        return False
    return name == model.table if model.table else name.rpartition(".")[2] == model.model


def with_lost_models(result: LintResult, projects: DbtProjects, lineage: Lineage) -> LintResult:
    """Who reads a model or waits for it that this pull request takes away is told so, as an error."""
    readers = tuple(_readers(projects.after, lineage))
    told: Mapping[tuple[str, str], Problem] = {
        (reader.file, lost.model): _problem(lost, reader)
        for lost in projects.lost
        for reader in _readers_of(lost, readers, projects.after)
    }
    if not told:
        return result
    files = {problem.path for problem in told.values()}
    # That `after` names what nobody builds any more is the same mistake.
    others = (problem for problem in result.problems if problem.rule != "after" or problem.path not in files)
    return replace(result, problems=tuple(sorted((*others, *told.values()))))


def _problem(lost: LostModel, reader: _Reader) -> Problem:
    this = "project" if reader.is_project else "table"
    reads = "waits for it" if reader.is_project else "reads it or waits for it"
    message = f"the dbt {lost.kind} {lost.model} ({lost.path}) {lost.what}, and this {this} {reads}"
    keep = table_name_fix(lost.instead, " here") if lost.instead else f"let this {this} do without it"
    fix = f"undo that, or {keep}"
    return Problem.of(Finding(place=WHOLE_FILE, rule=RULE, message=message, fix=fix), reader.path, file=reader.file)


def with_lost_columns(result: LintResult, projects: DbtProjects, gone: Iterable[ColumnGone]) -> LintResult:
    """Who reads a column that a model has no more is told so, where lint does not know it by itself."""
    problems = [problem for each in gone if not _is_said(problem := _of_column(each, projects), result, each.column)]
    return replace(result, problems=tuple(sorted((*result.problems, *problems)))) if problems else result


def _of_column(gone: ColumnGone, projects: DbtProjects) -> Problem:
    node = projects.queries_after[gone.model].node
    file = projects.after.by_name[gone.reader]
    what = f"calls the column {gone.column} {gone.now} now" if gone.now else f"has no column {gone.column} any more"
    return Problem.of(
        Finding(
            place=WHOLE_FILE,
            rule=RULE,
            message=f"the dbt {node.resource_type} {called(node)} {what}, and this table reads it",
            fix=f"undo that, or {f'read `{gone.now}` here' if gone.now else 'let this table do without it'}",
        ),
        file.path,
        file=file.name,
    )


def _is_said(problem: Problem, result: LintResult, column: str) -> bool:
    return any(each.path == problem.path and f"no column `{column}`" in each.message for each in result.problems)
