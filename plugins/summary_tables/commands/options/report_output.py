"""Where a report goes: the form, the colours, the file, and what GitHub's runner wants besides."""

import argparse
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from summary_tables.commands.usage_error import UsageError
from summary_tables.lint.reports import REPORTS, report_form
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult

_WHEN = ("auto", "always", "never")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that choose how problems are reported."""
    forms = "; ".join(f"{name}: {words}" for name, words in REPORTS.items())
    parser.add_argument("--format", choices=REPORTS, help=f"{forms} (default: text; github where GitHub Actions runs)")
    parser.add_argument("--output", metavar="FILE", help="write the report into FILE")
    parser.add_argument("--color", choices=_WHEN, default="auto", help="auto: on a terminal, unless NO_COLOR is set")


def format_of(arguments: argparse.Namespace) -> str:
    """The form that was asked for; GitHub's where its runner reads what is printed."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true" and not arguments.output
    return str(arguments.format or ("github" if on_github else "text"))


def put_report(result: LintResult, arguments: argparse.Namespace) -> None:
    """Prints or writes the report. Raises UsageError where the file cannot be written."""
    name, how = format_of(arguments), options(arguments)
    put_text(report_form(name)(result, how), arguments)
    if name == "github":
        _append_summary(report_form("markdown")(result, how))


def options(arguments: argparse.Namespace) -> ReportOptions:
    """How the report is written."""
    target = None if arguments.output else sys.stdout
    return ReportOptions(color=has_color(arguments.color, target), root=_root())


def put_text(text: str, arguments: argparse.Namespace) -> None:
    """Prints or writes a report. Raises UsageError where the file cannot be written."""
    if arguments.output:
        _write(Path(arguments.output), text)
    else:
        sys.stdout.write(text)


def has_color(when: str, target: TextIO | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour what goes to `target` (None: a file). https://no-color.org, https://force-color.org"""
    if when != "auto":
        return when == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0" and target is not None
    return target is not None and target.isatty() and environment.get("TERM") != "dumb"


def _root() -> Path:
    return Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).absolute()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {(error.strerror or 'unknown error').lower()}") from None


def _append_summary(text: str) -> None:
    """https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary"""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path and text:
        # The annotations say it, too: a summary that cannot be written is no reason to fail.
        with suppress(OSError), Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
