"""The corpus of files with mistakes, each as a file among good ones."""

import shutil
from pathlib import Path

from summary_tables.lint.engine import lint
from summary_tables.model.problem import Problem

INVALID = Path(__file__).parents[1] / "cases" / "lint" / "invalid"
NEIGHBOURS = sorted((Path(__file__).parents[2] / "dag_configs").glob("*_summary.yaml"))
CASES = sorted(INVALID.glob("*.yaml"))


def copied(case: Path, tmp_path: Path) -> Path:
    """A copy in a folder of the real name, beside the three summaries."""
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    defaults = case.with_suffix(".defaults")
    for other in NEIGHBOURS:
        shutil.copy(other, folder)
    if defaults.exists():
        shutil.copy(defaults, folder / "defaults.yaml")
    copy = folder / case.name
    shutil.copy(case, copy)
    return copy


def problems(path: Path) -> list[Problem]:
    return [problem for problem in lint([path]).problems if problem.file.endswith(path.name)]
