"""`summary-tables lint`: what is wrong with the configs. The only module that prints."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from summary_tables import config as config_files
from summary_tables.config_check import CheckedFolder, check_defaults, check_file, check_folder
from summary_tables.problem import Problem

OK, PROBLEMS, USAGE = 0, 1, 2
"""Exit codes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code. argparse itself exits with 2 on arguments it does not know."""
    parsed = _parser().parse_args(arguments)
    return _lint([Path(path) for path in parsed.paths] or [_configs_here()])


def _configs_here() -> Path:
    """`dag_configs/` where the person stands; else the one beside this library."""
    here = Path(config_files.FOLDER.name)
    return here if here.is_dir() else config_files.FOLDER


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="summary-tables", description="One YAML file becomes a summary table.")
    commands = parser.add_subparsers(dest="command", required=True)
    lint = commands.add_parser("lint", help="say what is wrong with the files in dag_configs/")
    lint.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; dag_configs/ if none is named")
    return parser


def _lint(paths: Sequence[Path]) -> int:
    missing = [path for path in paths if not path.exists()]
    if missing:
        print(f"summary-tables: {missing[0]} does not exist", file=sys.stderr)
        return USAGE
    results = [_check(path) for path in paths]
    problems = sorted(problem for result in results for problem in result.problems)
    for problem in problems:
        print(problem)
    print(_verdict(problems, sum(len(result.configs) for result in results)), file=sys.stderr)
    return PROBLEMS if problems else OK


def _check(path: Path) -> CheckedFolder:
    if path.is_dir():
        return check_folder(path)
    defaults = check_defaults(path.parent)
    if isinstance(defaults, tuple) or path.name == config_files.DEFAULTS_FILE:
        return CheckedFolder(configs=(), problems=defaults if isinstance(defaults, tuple) else ())
    found = check_file(path, defaults)
    if isinstance(found, tuple):
        return CheckedFolder(configs=(), problems=found)
    return CheckedFolder(configs=(found,), problems=())


def _verdict(problems: Sequence[Problem], good: int) -> str:
    if not problems:
        return f"{good} {'file is' if good == 1 else 'files are'} fine."
    files = len({problem.file for problem in problems})
    count = f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}"
    return f"{count} in {files} {'file' if files == 1 else 'files'}."
