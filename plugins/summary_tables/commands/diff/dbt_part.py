"""What a pull request changes in dbt projects of the folder, as far as it reaches summary tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from summary_tables.commands.diff.cut import Part
from summary_tables.commands.diff.lost_models import DbtProjects, LostModel
from summary_tables.commands.diff.table_section import name_list
from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.text.english import plural, quoted
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


def dbt_parts(projects: DbtProjects, lineage: Lineage) -> Iterator[Part]:
    """One, or none where no model changes that a summary table reads. `lineage` is that of the state behind."""
    readers = tuple(_readers(projects.after, lineage))
    lines = [*_changed(projects, readers), *_columns(projects, readers)]
    for lost in projects.lost:
        if found := _readers_of(lost, readers, projects.after):
            lines.append(f"- {code(lost.model)} of {code(lost.project)} {prose(lost.what)}. {_read_by(found)}")
    if lines:
        text = "### Changed: dbt models that summary tables read"
        yield Part(text=text, items=tuple(lines), name="what changes in dbt models")


def _changed(projects: DbtProjects, readers: tuple[_Reader, ...]) -> Iterator[str]:
    """Models whose files say something else now; their table is taken to be called as the file."""
    gone = {lost.model for lost in projects.lost}
    for file in projects.after.projects:
        for path, kind in projects.of(file).changes.files.items():
            model = PurePosixPath(path).stem
            lost = LostModel(project=file.config.project.name, model=model, path=path, what="changes")
            found = _readers_of(lost, readers, projects.after)
            if kind == "changed" and found and model not in gone:
                yield f"- {code(model)} of {code(lost.project)} changes. {_read_by(found)}"


def _columns(projects: DbtProjects, readers: tuple[_Reader, ...]) -> Iterator[str]:
    for lost in projects.lost_columns:
        found = [each for each in readers if lost.table in each.names]
        if found:
            what = f"{plural(len(lost.columns), 'column')} {quoted(lost.columns)}"
            yield f"- {code(lost.model)} of {code(lost.project)} loses the {what} of its contract. {_read_by(found)}"


def _read_by(readers: list[_Reader]) -> str:
    return f"Read by {name_list([each.name for each in readers])}"


def _readers(after: ConfigFolder, lineage: Lineage) -> Iterator[_Reader]:
    for name in sorted(lineage.reads):
        file = after.by_name[name]
        names = (*lineage.reads[name], *lineage.waits[name])
        yield _Reader(name=name, path=file.path, file=file.name, names=names)
    for project in after.projects:
        config = project.config
        names = config.project.schedule.tables
        yield _Reader(name=config.project.name, path=project.path, file=config.file, names=names, is_project=True)


def _readers_of(lost: LostModel, readers: tuple[_Reader, ...], after: ConfigFolder) -> list[_Reader]:
    return [each for each in readers if any(lost.is_read_as(name) and name not in after.by_name for name in each.names)]


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
    message = f"the dbt model {lost.model} ({lost.path}) {lost.what}, and this {this} {reads}"
    keep = f"write `{lost.instead}` here" if lost.instead else f"let this {this} do without it"
    fix = f"undo that, or {keep}"
    return Problem.of(Finding(place=WHOLE_FILE, rule=RULE, message=message, fix=fix), reader.path, file=reader.file)
