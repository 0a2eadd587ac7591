"""`summary-tables init`: a repository of summary tables, and what a new version changes in one."""

import argparse
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from summary_tables.commands import whole_file
from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.init.plan import Step, plan, plan_configs
from summary_tables.commands.init.record import Record, digest, read_record, write_record
from summary_tables.commands.init.report import differences, next_steps, steps_in_words
from summary_tables.commands.init.repository_files import (
    CATALOG_WORKFLOW,
    DAG_FILES,
    DBT_ENVIRONMENT,
    GITLAB_JOBS,
    HOSTS,
    RepositoryFile,
    files_of_version,
    first_configs,
)
from summary_tables.commands.init.surroundings import remarks
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.config import FOLDER_NAME
from summary_tables.model.checkout import PACKAGE, REPOSITORY, version
from summary_tables.text.spelling import nearest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="the repository; where you stand")
    parser.add_argument(
        "--host",
        choices=HOSTS,
        help="where pull requests are opened; what it was before, and github where init was never called",
    )
    parser.add_argument(
        "--pages",
        action="store_true",
        help="also write a workflow that publishes the catalogue on GitHub Pages; later calls keep it up to date",
    )
    parser.add_argument(
        "--dbt",
        action="store_true",
        help="also write what makes dbt's environment, for files with `dbt:`; later calls keep it up to date",
    )
    only_looks = parser.add_mutually_exclusive_group()
    only_looks.add_argument("--check", action="store_true", help="write nothing; exit code 1 where something would be")
    only_looks.add_argument("--diff", action="store_true", help="as --check, and show the differences line by line")
    parser.add_argument(
        "--replace",
        metavar="PATH",
        action="append",
        default=[],
        help="write this file anew although somebody changed or deleted it here; may be repeated",
    )


def run(arguments: argparse.Namespace) -> int:
    """Returns PROBLEMS where `--check` or `--diff` find something to write, else OK. Raises UsageError."""
    root = _root(arguments.folder)
    record = read_record(root)
    host = arguments.host or ("gitlab" if GITLAB_JOBS in record.digests else "github")
    if arguments.pages and host == "gitlab":
        raise UsageError("--pages writes a workflow of GitHub; docs/catalog.md has the job for GitLab")
    with_dbt = arguments.dbt or DBT_ENVIRONMENT[0] in record.digests
    files = _files(
        host,
        with_pages=arguments.pages or (host == "github" and CATALOG_WORKFLOW in record.digests),
        with_dbt=with_dbt,
    )
    _refuse_unknown(arguments.replace, files)
    try:
        steps = (*plan(root, files, record, arguments.replace), *plan_configs(root, first_configs()))
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from None
    if arguments.check or arguments.diff:
        return _show(root, steps, with_differences=arguments.diff)
    _write(root, steps, record)
    _say(root, steps, is_done=True)
    if any(step.state == "missing" and step.file.path in DAG_FILES for step in steps):
        print(*next_steps(str(root), version(), with_dbt=with_dbt), sep="\n")
    return OK


def _root(folder: str) -> Path:
    root = Path(folder).absolute()
    if root.resolve() == REPOSITORY.resolve():
        raise UsageError(f"{root} is the repository of Summary Tables itself; name another folder")
    if not root.exists():
        try:
            root.mkdir()
        except OSError as error:
            raise UsageError(f"{root} cannot be made: {error.strerror}") from None
    if not root.is_dir():
        raise UsageError(f"{root} is not a folder")
    return root


def _files(host: str, *, with_pages: bool, with_dbt: bool) -> tuple[RepositoryFile, ...]:
    if not (found := version()):
        raise UsageError(f"the library in {PACKAGE} is not installed; install the package: pip install summary-tables")
    try:
        return tuple(files_of_version(found, host, with_pages=with_pages, with_dbt=with_dbt))
    except OSError as error:
        raise UsageError(f"this installation is not whole: {error.filename} is missing; install it anew") from None


def _refuse_unknown(replace: Sequence[str], files: Iterable[RepositoryFile]) -> None:
    known = [file.path for file in files]
    for path in replace:
        if path not in known:
            near = nearest(path, known)
            raise UsageError(f"--replace: {path} is no file of init{f'; the nearest name is {near}' if near else ''}")


def _show(root: Path, steps: Sequence[Step], *, with_differences: bool) -> int:
    if with_differences:
        print(*chain(differences(steps), [""]), sep="\n", end="")
    _say(root, steps, is_done=False)
    return PROBLEMS if any(step.writes for step in steps) else OK


def _say(root: Path, steps: Sequence[Step], *, is_done: bool) -> None:
    print(*steps_in_words(steps, is_done=is_done), *remarks(root), sep="\n")


def _write(root: Path, steps: Sequence[Step], record: Record) -> None:
    """What was written stands in the record even where a later file cannot be written."""
    digests = dict(record.digests)
    try:
        for step in steps:
            if step.writes:
                path = root / step.file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                whole_file.write(path, step.file.text, replace_existing=step.state == "outdated")
            if (step.writes or step.state == "same") and not _is_config(step):
                digests[step.file.path] = digest(step.file.text.encode())
        write_record(root, Record(version=version(), digests=digests))
    except FileExistsError as error:
        raise UsageError(f"{error.filename} was made this moment by somebody else; run this again") from None
    except OSError as error:
        where = error.filename or root
        raise UsageError(
            f"{where} cannot be written: {error.strerror}; what was written before it stays, run this again then"
        ) from None


def _is_config(step: Step) -> bool:
    return step.file.path.startswith(f"{FOLDER_NAME}/")
