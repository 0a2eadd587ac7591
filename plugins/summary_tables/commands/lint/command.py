"""`summary-tables lint`: what is wrong with the configs."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.lint import known_sources_option, rule_option, warehouse_option
from summary_tables.commands.lint.summary import verdict
from summary_tables.commands.options import report_output
from summary_tables.commands.options.lint_paths import lint_paths
from summary_tables.commands.usage_error import UsageError
from summary_tables.lint.engine import lint
from summary_tables.lint.result import LintResult
from summary_tables.lint.rule_selection import RuleSelection
from summary_tables.text.english import plural


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files, or folders with all their files; dag_configs/ if none is named"
    )
    rule_option.add_arguments(parser)
    parser.add_argument("--strict", action="store_true", help="fail for warnings, too")
    fixes = parser.add_mutually_exclusive_group()
    fixes.add_argument("--fix", action="store_true", help="mend what can be mended without judgement, show the diff")
    fixes.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    report_output.add_arguments(parser)
    warehouse_option.add_arguments(parser)
    known_sources_option.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Returns OK, or PROBLEMS where there are errors. Raises UsageError."""
    if arguments.explain:
        print(rule_option.explanation(arguments.explain), end="")
        return OK
    paths, selection = lint_paths(arguments.paths), rule_option.selection(arguments)
    try:
        return _lint(paths, selection, arguments)
    except OSError as error:
        if error.filename is None:
            raise
        raise UsageError(f"{error.filename} cannot be read: {(error.strerror or 'unknown error').lower()}") from None


def _lint(paths: list[Path], selection: RuleSelection, arguments: argparse.Namespace) -> int:
    fixed = _fix(paths, selection, arguments) if arguments.fix or arguments.diff else 0
    with warehouse_option.warehouse_check(arguments) as warehouse_check:
        if warehouse_check:
            found = lint(paths, selection, warehouse_check)
        else:
            with known_sources_option.known_sources_check(paths, with_server=not arguments.no_server) as known_check:
                found = lint(paths, selection, known_check, is_warehouse_asked=False)
        result = replace(found, is_strict=arguments.strict)
        columns = warehouse_option.columns(warehouse_check, arguments)
    if not result.files:
        raise UsageError(f"no config files in {paths[0]}/")
    if not arguments.diff:
        report_output.put_report(result, arguments)
    sys.stdout.flush()
    print(columns, end="", file=sys.stderr)
    print(_last_line(result, fixed, arguments), file=sys.stderr)
    return PROBLEMS if result.failures or (arguments.diff and fixed) else OK


def _fix(paths: list[Path], selection: RuleSelection, arguments: argparse.Namespace) -> int:
    """How many files were fixed, or would be."""
    from summary_tables.commands.lint import fix_option  # lint alone does not wait for it

    return len(fix_option.fix(paths, selection, arguments))


def _last_line(result: LintResult, fixed: int, arguments: argparse.Namespace) -> str:
    if arguments.diff:
        return f"--fix would change {f'{fixed:,}' if fixed else 'no'} {plural(fixed, 'file')}."
    fixable = sum(problem.edit is not None for problem in result.problems) if not arguments.fix else 0
    words = verdict(result, fixable=fixable, fixed=fixed)
    return f"\n{words}" if result.problems and report_output.format_of(arguments) == "text" else words
