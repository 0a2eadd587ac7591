"""`summary-tables lint`: what is wrong with the configs."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from summary_tables import config as config_files
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.lint import LintResult, lint
from summary_tables.problem import Problem
from summary_tables.reports import REPORTS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; dag_configs/ if none is named")


def run(arguments: argparse.Namespace) -> int:
    paths = [Path(path) for path in arguments.paths] or [_configs_here()]
    missing = [path for path in paths if not path.exists()]
    if missing:
        print(f"summary-tables: {missing[0]} does not exist", file=sys.stderr)
        return USAGE
    result = lint(paths)
    print(REPORTS["concise"](result), end="")
    print(_verdict(result), file=sys.stderr)
    return PROBLEMS if any(problem.level == "error" for problem in result.problems) else OK


def _configs_here() -> Path:
    """`dag_configs/` where the person stands; else the one beside this library."""
    here = Path(config_files.FOLDER.name)
    return here if here.is_dir() else config_files.FOLDER


def _verdict(result: LintResult) -> str:
    problems: Sequence[Problem] = result.problems
    if not problems:
        return f"{len(result.files)} {'file is' if len(result.files) == 1 else 'files are'} fine."
    files = len({problem.file for problem in problems})
    count = f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}"
    return f"{count} in {files} {'file' if files == 1 else 'files'}."
