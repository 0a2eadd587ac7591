"""A wheel carries of the repository what the library reads outside of its package. The rest: pyproject.toml.

`schemas/` lies where editors look, `summary-tables init` writes what this repository has itself, and `demo/` has the
PostgreSQL of `summary-tables test`.
"""

from pathlib import Path
from shutil import copyfile
from typing import Final

from setuptools import setup
from setuptools.command.build_py import build_py

REPOSITORY: Final = Path(__file__).parent
CARRIED: Final = (
    ".airflowignore",
    ".github/*.py",
    ".github/workflows/lint.yaml",
    ".github/workflows/preview.yaml",
    ".github/workflows/preview_comment.yaml",
    ".vscode/*.json",
    "dag_configs/defaults.yaml",
    "dags/.airflowignore",
    "dags/*.py",
    "demo/*.py",
    "dbt_environment/pyproject.toml",
    "dbt_environment/uv.lock",
)


class BuildWithRepository(build_py):
    """`build_py` and a copy of what lies outside of the package."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            package = Path(self.build_lib) / "summary_tables"
            _copy("schemas/*.json", package)
            for pattern in CARRIED:
                _copy(pattern, package / "repository")


def _copy(pattern: str, target: Path) -> None:
    found = sorted(REPOSITORY.glob(pattern))
    if not found:
        raise FileNotFoundError(f"{REPOSITORY / pattern} is missing, which a wheel carries")
    for path in found:
        place = target / path.relative_to(REPOSITORY)
        place.parent.mkdir(parents=True, exist_ok=True)
        copyfile(path, place)


setup(cmdclass={"build_py": BuildWithRepository})
