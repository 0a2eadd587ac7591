"""The last line of lint: what it all comes to."""

from collections.abc import Iterator, Sequence

from summary_tables.configs.config import SOURCES_FOLDER
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import LEVELS
from summary_tables.text.english import counted, plural
from summary_tables.text.visible import visible


def verdict(result: LintResult, *, fixable: int = 0, fixed: int = 0) -> str:
    """`3 files are fine.` or `2 errors and 1 warning in 2 of 3 files of dag_configs/.`

    `fixable`: how many of the problems bring their fix; `fixed`: how many files have just been fixed.
    """
    return visible(" ".join(_sentences(result, fixable, fixed)))


def _sentences(result: LintResult, fixable: int, fixed: int) -> Iterator[str]:
    if fixed:
        yield f"Mended {counted(fixed, 'file')}."
    if result.problems:
        yield f"{_joined(_found(result))} in {_places(result)}."
    else:
        yield f"{counted(len(result.files), 'file')} {plural(len(result.files), 'is', 'are')} fine."
    if fixable:
        yield f"--fix may mend {_share(fixable, len(result.problems))}."


def _share(number: int, total: int) -> str:
    if number < total:
        return f"{number:,} of them"
    return "that" if total == 1 else "all of them"


def _found(result: LintResult) -> list[str]:
    levels = result.levels
    return [counted(levels[level], level) for level in LEVELS if levels[level]]


def _places(result: LintResult) -> str:
    folders = {file.name.rpartition("/")[0].removesuffix(f"/{SOURCES_FOLDER}") for file in result.files}
    where = f" of {folders.pop()}/" if len(folders) == 1 else ""
    bad = len({problem.file for problem in result.problems})
    return f"{bad:,} of {counted(len(result.files), 'file')}{where}"


def _joined(parts: Sequence[str]) -> str:
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
