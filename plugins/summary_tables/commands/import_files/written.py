"""What `summary-tables import` writes, and what it prints of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from summary_tables.commands import whole_file
from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.new.draft import Draft
from summary_tables.lint.reports.concise import one_line
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.text.visible import visible


def write_drafts(drafts: Iterable[Draft], *, replace_existing: bool) -> tuple[list[Draft], list[Problem]]:
    """The drafts that were written, and why the others were not."""
    written, problems = list[Draft](), list[Problem]()
    for draft in drafts:
        try:
            draft.path.parent.mkdir(exist_ok=True)
            whole_file.write(draft.path, draft.text, replace_existing=replace_existing)
            written.append(draft)
        except FileExistsError:
            message, fix = "the file exists and was left as it is", "delete it first, or say --force"
            problems.append(of_file(draft.path, message, fix))
        except OSError as error:
            problems.append(of_file(draft.path, f"the file cannot be written: {error.strerror}"))
    return written, problems


def of_file(path: Path, message: str, fix: str = "") -> Problem:
    """What `import` has to say of a file that it writes."""
    return Problem.of(Finding(place=WHOLE_FILE, rule="import", message=message, fix=fix), path)


def report(problems: Iterable[Problem], written: list[str], stream: TextIO, figures: Iterable[str] = ()) -> int:
    """Prints the names of files that were written, then what is wrong, then `figures`; gives the exit code."""
    lines = [*_lines(problems, written), *figures]
    print("\n".join(lines), end="\n" if lines else "", file=stream)
    failed = any(problem.level == "error" for problem in problems)
    if failed:
        print("Mend what stands above, then run `summary-tables lint`.", file=stream)
    elif written:
        print("Read the new files, then open a pull request.", file=stream)
    return PROBLEMS if failed else OK


def _lines(problems: Iterable[Problem], written: list[str]) -> Iterator[str]:
    """What was written, then what is wrong."""
    yield from (visible(f"Wrote {name}.") for name in written)
    for problem in problems:
        yield from _problem_lines(problem)


def _problem_lines(problem: Problem) -> Iterator[str]:
    """One line; what is to be written into a file keeps its lines, so that it can be copied."""
    first, *lines = problem.fix.splitlines() or [""]
    yield one_line(replace(problem, fix=first))
    yield from (f"    {visible(line)}" for line in lines)
