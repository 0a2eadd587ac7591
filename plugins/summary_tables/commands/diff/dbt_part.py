"""What a pull request changes in dbt projects of the folder, as far as it reaches summary tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from summary_tables.commands.diff.cut import Part
from summary_tables.commands.diff.git_tree import ChangeKind, GitFolder, changed_files
from summary_tables.commands.diff.table_section import name_list
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.dbt.project_folder import read_project_folder
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.text.markdown_text import code

RULE = "dbt-model"
_BESIDE_MODELS = ("seeds", "snapshots")
_ENDINGS = frozenset({".sql", ".py", ".csv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChange:
    """The file of a model, seed or snapshot, from the root of the repository. dbt calls the model as its file."""

    project: str
    path: PurePosixPath
    kind: ChangeKind

    @property
    def model(self) -> str:
        """Its name, which is that of its table where no alias says another."""
        return self.path.stem


def model_changes(git: GitFolder, after: ConfigFolder, base: str, head: str | None) -> tuple[ModelChange, ...]:
    """Of the projects that `after` names, since `base`. `head` None: the files as they are now. Raises GitError.

    A model whose file only moves does not change.
    """
    found = []
    for file in after.projects:
        where = file.config.project.dbt.project
        project = read_project_folder(git.path.parent / where)
        folders = (*(project.model_folders if project else ("models",)), *_BESIDE_MODELS)
        inside = git.inside.parent / where
        files = changed_files(git, base, head, [inside / folder for folder in folders])
        changes = [
            ModelChange(project=file.config.project.name, path=path, kind=kind)
            for path, kind in files.items()
            if path.suffix in _ENDINGS
        ]
        kept = {change.model for change in changes if change.kind == "added"}
        found += [change for change in changes if change.kind != "deleted" or change.model not in kept]
    return tuple(found)


def readers_of(change: ModelChange, after: ConfigFolder, lineage: Lineage) -> tuple[str, ...]:
    """The summary tables that read the model or wait for it."""
    return tuple(
        name
        for name in sorted(lineage.reads)
        if any(
            table.rpartition(".")[2] == change.model and table not in after.by_name
            for table in (*lineage.reads[name], *lineage.waits[name])
        )
    )


def dbt_parts(changes: Sequence[ModelChange], after: ConfigFolder, lineage: Lineage) -> Iterator[Part]:
    """One, or none where no model changes that a summary table reads. `lineage` is that of `after`."""
    lines = []
    for change in changes:
        if change.kind != "added" and (readers := readers_of(change, after, lineage)):
            verb = "is deleted" if change.kind == "deleted" else "changes"
            lines.append(f"- {code(change.model)} of {code(change.project)} {verb}. Read by {name_list(readers)}")
    if lines:
        text = "### Changed: dbt models that summary tables read"
        yield Part(text=text, items=tuple(lines), name="what changes in dbt models")


def with_deleted_models(
    result: LintResult, changes: Sequence[ModelChange], after: ConfigFolder, lineage: Lineage
) -> LintResult:
    """Who reads a model or waits for it that this pull request deletes is told so, as an error."""
    told = {
        (name, change.model): _deleted(change, after.by_name[name])
        for change in changes
        if change.kind == "deleted"
        for name in readers_of(change, after, lineage)
    }
    if not told:
        return result
    files = {problem.path for problem in told.values()}
    # That `after` names what nobody builds any more is the same mistake.
    others = (problem for problem in result.problems if problem.rule != "after" or problem.path not in files)
    return replace(result, problems=tuple(sorted((*others, *told.values()))))


def _deleted(change: ModelChange, file: TableFile) -> Problem:
    message = f"the dbt model {change.model} ({change.path}) is deleted here, and this table reads it or waits for it"
    fix = "keep the model, or let this table read something else"
    return Problem.of(Finding(place=WHOLE_FILE, rule=RULE, message=message, fix=fix), file.path, file=file.name)
