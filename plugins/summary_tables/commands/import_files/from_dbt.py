"""A dbt project, or its manifest, becomes configs."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from summary_tables.commands.exit_code import USAGE
from summary_tables.commands.import_dbt.figures import figures
from summary_tables.commands.import_dbt.imported import ImportedModel, ImportedProject, imported_project
from summary_tables.commands.import_dbt.other_warehouse import title_of_other, unknown_names
from summary_tables.commands.import_dbt.plan import Views
from summary_tables.commands.import_dbt.project import read_project
from summary_tables.commands.import_files.written import of_file, report, write_drafts
from summary_tables.commands.new import draft
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.sources import read_sources
from summary_tables.dbt.project_folder import PROFILES_FILE, PROJECT_FILE, read_project_folder
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.text.english import listed
from summary_tables.text.visible import visible_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    dbt = parser.add_argument_group("of a dbt project")
    dbt.add_argument(
        "--views",
        choices=get_args(Views),
        default="inline",
        help="what becomes of a view that other models read: a part of their queries, a table, or it stays a view",
    )
    dbt.add_argument(
        "--schedule", default="@daily", metavar="CRON", help="when tables are built that wait for no other"
    )
    dbt.add_argument(
        "--dbt", default="", metavar="PROGRAM", help="the dbt that reads the project, where it is not on the path"
    )
    dbt.add_argument("--target", default="", metavar="NAME", help="the target of the project's profile")
    dbt.add_argument(
        "--schema",
        default="analytics",
        metavar="NAME",
        help="where the tables stand, if there is no profile that says so",
    )


def is_project(path: Path) -> bool:
    """The folder of a dbt project. One of something else is no file, as the others are."""
    return (path / PROJECT_FILE).is_file()


def run(arguments: argparse.Namespace, path: Path, folder: ConfigFolder) -> int:
    project = read_project(path, folder.path, program=arguments.dbt, target=arguments.target, schema=arguments.schema)
    if isinstance(project, Problem):
        print(visible_lines(str(project)), file=sys.stderr)
        return USAGE
    warehouse = settings_from_data(folder.defaults or {}).warehouse
    found = imported_project(
        project,
        folder.path,
        dialect_of(warehouse.dialect),
        views=arguments.views,
        schedule=arguments.schedule,
        versions_schema=warehouse.versions_schema,
    )
    unsaid = () if arguments.target else tuple(_targets_differ(path))
    return _printed(found, folder, unsaid) if arguments.stdout else _written(arguments, found, folder, unsaid)


def _targets_differ(project: Path) -> Iterator[Problem]:
    """Whoever develops has a target of their own, which often is the profile's default."""
    found = read_project_folder(project)
    schemas = found.targets if found else {}
    if len(set(schemas.values())) > 1:
        shown = listed([f"{name} ({schema or 'filled in by dbt'})" for name, schema in schemas.items()])
        message = f"the schemas are those of the default target, and targets differ: {shown}"
        fix = "say --target with the one that builds what people read"
        finding = Finding(place=WHOLE_FILE, rule="import", message=message, fix=fix, level="warning")
        yield Problem.of(finding, project / PROFILES_FILE, file=PROFILES_FILE)


def _printed(found: ImportedProject, folder: ConfigFolder, unsaid: Iterable[Problem]) -> int:
    drafts = [*(each.draft for each in found.models), *found.sources]
    print("---\n".join(each.text for each in drafts), end="")
    lint = _said_by_lint(found, found.models, folder)
    return report([*unsaid, *_remarks(found), *lint], [], sys.stderr, figures(found, lint))


def _written(
    arguments: argparse.Namespace, found: ImportedProject, folder: ConfigFolder, unsaid: Iterable[Problem]
) -> int:
    problems = [*unsaid, *_remarks(found)]
    copied, uncopied = _copy_seeds(found.models, replace_existing=arguments.force)
    drafts = [*(each.draft for each in found.models), *found.sources]
    written, unwritten = write_drafts(drafts, replace_existing=arguments.force)
    models = [each for each in found.models if each.draft in written]
    lint = _said_by_lint(found, models, folder)
    problems += [*uncopied, *unwritten, *lint]
    built = [each.model.relation.full_name for each in models]
    problems += _said_of_sources([each for each in found.sources if each in written], built, folder)
    names = [_shown(path, folder) for path in (*copied, *(each.path for each in written))]
    return report(problems, names, sys.stdout, figures(found, lint))


def _shown(path: Path, folder: ConfigFolder) -> str:
    home = folder.path.absolute()
    return f"{home.name}/{path.absolute().relative_to(home).as_posix()}"


def _remarks(found: ImportedProject) -> Iterator[Problem]:
    return (remark.problem for remark in found.remarks)


def _copy_seeds(models: Iterable[ImportedModel], *, replace_existing: bool) -> tuple[list[Path], list[Problem]]:
    copied, problems = list[Path](), list[Problem]()
    for seed in (each.seed for each in models if each.seed):
        content = seed.text.encode()
        if seed.path.exists() and seed.path.read_bytes() != content and not replace_existing:
            problems.append(
                of_file(seed.path, "the file exists and was left as it is", "delete it first, or say --force")
            )
            continue
        seed.path.parent.mkdir(exist_ok=True)
        seed.path.write_bytes(content)
        copied.append(seed.path)
    return copied, problems


def _said_by_lint(found: ImportedProject, models: Iterable[ImportedModel], folder: ConfigFolder) -> tuple[Problem, ...]:
    drafts = [each.draft for each in models]
    dialect = dialect_of(settings_from_data(folder.defaults or {}).warehouse.dialect)
    other = title_of_other(found.plan.manifest, dialect)
    return (*draft.problems(drafts, folder), *unknown_names(drafts, folder, other))


def _said_of_sources(written: list[Draft], built: list[str], folder: ConfigFolder) -> Iterator[Problem]:
    """What lint says of files of `sources/` that are there now."""
    if not written:
        return iter(())
    paths = {each.path for each in written}
    dialect = dialect_of(settings_from_data(folder.defaults or {}).warehouse.dialect)
    return (problem for problem in read_sources(folder.path, dialect, built).problems if problem.path in paths)
