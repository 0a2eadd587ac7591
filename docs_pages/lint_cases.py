"""What lint says of the files in `tests/cases/lint/invalid/`, each in a folder as users have it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from summary_tables.lint.engine import lint
from summary_tables.lint.result import LintResult

_REPOSITORY = Path(__file__).parents[1]
_CASES = _REPOSITORY / "tests/cases/lint/invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintCase:
    """`name` is the file's, without its ending."""

    name: str
    result: LintResult


def lint_cases() -> Iterator[LintCase]:
    """All of them, in the order of their names."""
    for path in sorted(_CASES.glob("*.yaml")):
        with TemporaryDirectory(prefix="summary-tables-docs-") as place:
            yield LintCase(name=path.stem, result=lint([_copied(path, Path(place) / "dag_configs")]))


def _copied(path: Path, folder: Path) -> Path:
    """A copy beside this repository's own tables, and with the `defaults.yaml` that stands beside the case, if any."""
    folder.mkdir()
    for other in (_REPOSITORY / "dag_configs").glob("*_summary.yaml"):
        shutil.copy(other, folder)
    if path.with_suffix(".defaults").exists():
        shutil.copy(path.with_suffix(".defaults"), folder / "defaults.yaml")
    return Path(shutil.copy(path, folder / path.name))
