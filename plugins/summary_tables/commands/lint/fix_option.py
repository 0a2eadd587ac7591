"""`--fix` and `--diff`: fixes files, or shows how it would. Imported by those who ask for it."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from summary_tables.commands.options.report_output import format_of, has_color
from summary_tables.commands.usage_error import UsageError
from summary_tables.lint.fix import fixed_files
from summary_tables.lint.fixed_file import FileChangedError, FixedFile
from summary_tables.lint.reports.ansi import BOLD, CYAN, GREEN, RED, Paint, painter
from summary_tables.lint.rule_selection import RuleSelection
from summary_tables.text.visible import visible

_CODES = {"+++": BOLD, "---": BOLD, "@@": CYAN, "+": GREEN, "-": RED}


def fix(paths: Sequence[Path], selection: RuleSelection, arguments: argparse.Namespace) -> tuple[FixedFile, ...]:
    """Shows the diff of what can be fixed and, with `--fix`, writes it. Raises UsageError where that cannot be."""
    fixed = fixed_files(paths, selection)
    is_for_people = arguments.diff or format_of(arguments) in ("text", "concise")
    target = sys.stdout if is_for_people and not (arguments.output and arguments.fix) else sys.stderr
    target.write(diff(fixed, arguments.color, target))
    if arguments.fix:
        for file in fixed:
            _write(file)
    return fixed


def diff(fixed: Sequence[FixedFile], color: str, target: TextIO) -> str:
    """One unified diff of all files; empty where there is none."""
    paint = painter(has_color(color, target))
    return "".join(f"{line}\n" for file in fixed for line in _lines(file, paint))


def _lines(file: FixedFile, paint: Paint) -> Iterator[str]:
    for line in file.diff():
        code = next((code for start, code in _CODES.items() if line.startswith(start)), "")
        # A tab, and the return before the end of a Windows line, mean no harm; the diff can then be applied.
        body, end = (line[:-1], "\r") if line.endswith("\r") else (line, "")
        text = "\t".join(map(visible, body.split("\t"))) + end
        yield paint(text, code) if code else text


def _write(file: FixedFile) -> None:
    try:
        file.write()
    except FileChangedError:
        raise UsageError(f"{file.name} was changed by somebody else just now; run the command again") from None
    except OSError as error:
        raise UsageError(f"{file.name} cannot be written: {(error.strerror or 'unknown error').lower()}") from None
