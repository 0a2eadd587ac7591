"""`summary-tables diff`: what a branch changes, as Markdown for a comment in its pull request, or for programs."""

import argparse
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from summary_tables.commands.diff.comment import preview
from summary_tables.commands.diff.compared_rows import add_data_arguments, asks_for_data, compared_rows
from summary_tables.commands.diff.cut import MIN_LIMIT, fitted
from summary_tables.commands.diff.dbt_changes import Sides
from summary_tables.commands.diff.git_tree import GitError, GitFolder, commit, fork_point, git_folder, write_folder
from summary_tables.commands.diff.host import GITHUB, HOSTS
from summary_tables.commands.diff.json_document import json_document
from summary_tables.commands.diff.lost_models import dbt_projects
from summary_tables.commands.diff.preview import Preview
from summary_tables.commands.diff.query_test_part import run_query_tests
from summary_tables.commands.exit_code import OK
from summary_tables.commands.lint.known_sources_option import linted
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.dbt.project_texts import PACKAGES_FOLDER, TARGET_FOLDER
from summary_tables.runs.data_diff.reports import data_text
from summary_tables.text.visible import visible

WORKTREE = "WORKTREE"

_ADVICE = "`summary-tables diff --limit 0` prints all of it, and so does the run that wrote this."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "base", nargs="?", metavar="BASE", help="what to compare with; the default branch if nothing is named"
    )
    parser.add_argument("--head", default=WORKTREE, metavar="REF", help="what to show; the files as they are now")
    parser.add_argument("--folder", type=Path, default=Path("dag_configs"), help="the folder of the configs")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to this file")
    parser.add_argument(
        "--format",
        choices=("markdown", "json", "text"),
        default="markdown",
        help="json: for programs, whole; text: for a terminal, only the rows before and after",
    )
    parser.add_argument(
        "--host", choices=HOSTS, default=GITHUB.name, help="where it is posted, which says how long it may be; github"
    )
    parser.add_argument("--limit", type=_limit, metavar="N", help="cut to N characters; 0: everything")
    parser.add_argument(
        "--without-data", default="", metavar="WORDS", help="say that the rows before and after are not shown, and why"
    )
    parser.add_argument("--now", type=_moment, help=argparse.SUPPRESS)
    add_data_arguments(parser)


def _limit(text: str) -> int:
    limit = int(text)
    if limit and limit < MIN_LIMIT:
        raise argparse.ArgumentTypeError(f"at least {MIN_LIMIT:,} characters are needed, or 0 for everything")
    return limit


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def run(arguments: argparse.Namespace) -> int:
    try:
        with tempfile.TemporaryDirectory(prefix="summary-tables-") as temporary:
            text = _text(arguments, Path(temporary))
        _write(text, arguments.output)
    except GitError as error:
        raise UsageError(str(error)) from error
    return OK


def _write(text: str, path: Path | None) -> None:
    if path is None:
        print(text, end="")
        return
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def _text(arguments: argparse.Namespace, temporary: Path) -> str:
    has_data = asks_for_data(arguments)
    if arguments.format == "text" and not has_data:
        raise UsageError("--format text prints the rows before and after: name a warehouse, or --sample-warehouse")
    folder = git_folder(arguments.folder)
    is_worktree = arguments.head == WORKTREE
    base = fork_point(folder, arguments.base, "HEAD" if is_worktree else arguments.head)
    before = _at_commit(folder, base, temporary / "before")
    after = (
        _readable(folder.path, temporary / "after")
        if is_worktree
        else _written_out(folder, commit(folder, arguments.head), temporary / "after")
    )
    if not any(before.path.iterdir()) and not any(after.iterdir()):
        raise UsageError(f"{arguments.folder} has no files on either side; name the folder with --folder")
    now = read_folder(after)
    sides = Sides(git=folder, base=base, head=None if is_worktree else commit(folder, arguments.head))
    if not is_worktree:
        _write_projects(sides, now)
    found = Preview(
        before=before,
        after=now,
        lint=linted(after),
        now=arguments.now or datetime.now(UTC),
        dbt=dbt_projects(sides, before, now) if now.projects or before.projects else None,
    )
    found = replace(found, rows=compared_rows(arguments, found)) if has_data else found
    if arguments.format == "text":
        for file in found.after.hidden:
            name = f"{arguments.folder}/{file.path.name}"
            words = f"{name} has errors, so what it says is left out; run `summary-tables lint {name}`"
            print(f"summary-tables: {visible(words)}", file=sys.stderr)
        return data_text(tuple(found.rows.values())) or "No table that can be built changes.\n"
    if arguments.format == "json":
        return json_document(found)
    found = replace(
        found, without_data=arguments.without_data, tests=run_query_tests(found.files, found.after, found.lint)
    )
    host = HOSTS[arguments.host]
    limit = host.limit if arguments.limit is None else arguments.limit
    return fitted(preview(found), host, limit, _ADVICE)


def _at_commit(folder: GitFolder, commit_id: str, place: Path) -> ConfigFolder:
    return read_folder(_written_out(folder, commit_id, place))


def _written_out(folder: GitFolder, commit_id: str, place: Path) -> Path:
    """The folder as it was, under its own name: problems name it."""
    target = _empty(folder.path, place)
    for name in write_folder(folder, commit_id, target):
        words = f"{folder.path.name}/{name} of commit {commit_id[:12]} was left out: this machine cannot write its name"
        print(f"summary-tables: {visible(words)}", file=sys.stderr)
    return target


def _write_projects(sides: Sides, folder: ConfigFolder) -> None:
    """The dbt projects stand beside the folder as they were in the commit, with what dbt has written of them here."""
    for file in folder.projects:
        place, named = file.config.folder, file.config.project.dbt.project
        if place.exists() or not place.resolve().is_relative_to(folder.path.resolve().parent):
            continue
        for path, content in sides.files_after(sides.git.inside.parent / named).items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)
        for name in (TARGET_FOLDER, PACKAGES_FOLDER):
            here = sides.git.path.parent / named / name
            if here.is_dir() and place.is_dir() and not (place / name).exists():
                (place / name).symlink_to(here, target_is_directory=True)


def _readable(path: Path, place: Path) -> Path:
    """The folder as it stands; an empty one where it is gone."""
    return path if path.is_dir() else _empty(path, place)


def _empty(path: Path, place: Path) -> Path:
    target = place / path.name
    target.mkdir(parents=True)
    return target
