"""The folder that a project is written to: nothing in it is overwritten, and half a project says that it is one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from summary_tables.commands import whole_file
from summary_tables.commands.export_dbt.project_file import ProjectFile

UNFINISHED: Final = "UNFINISHED_EXPORT.txt"
"""Stands in the folder while files are written, and stays where that was interrupted."""

_WORDS: Final = """\
`summary-tables export dbt` was stopped before it had written all files of this project.
Delete the folder, and export again.
"""


def refusal(output: Path) -> str:
    """Why nothing may be written to `output`; empty: it is new, or an empty folder. Raises OSError."""
    if not output.exists():
        return ""
    if not output.is_dir():
        return f"{output} is a file, and nothing was changed; name a new folder"
    names = {path.name for path in output.iterdir()}
    if UNFINISHED in names:
        return f"{output} holds an export that was stopped midway, and nothing was changed; delete it, or name another"
    if "dbt_project.yml" in names:
        return (
            f"{output} holds a dbt project, and nothing was changed; name a new folder, "
            "and `git diff --no-index` shows what is different"
        )
    return f"{output} is not empty, and nothing was changed; name a new folder" if names else ""


def write_project(files: Sequence[ProjectFile], output: Path) -> None:
    """Raises OSError; what was written by then stays, with a file that says so."""
    output.mkdir(parents=True, exist_ok=True)
    mark = output / UNFINISHED
    whole_file.write(mark, _WORDS, replace_existing=False)
    for file in files:
        path = output / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_file.write(path, file.text, replace_existing=False)
    mark.unlink()
