"""Wheels of the library. They are built from a copy: building leaves files beside what it reads."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY

_SOURCES = ("plugins", "schemas", "dags", "dag_configs", "demo", ".github", ".vscode", "dbt_environment")
_FILES = (".airflowignore", "pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")


def copy_of_sources(target: Path) -> Path:
    """What a wheel is built from, to be changed before."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".venv")
    for name in _SOURCES:
        shutil.copytree(REPOSITORY / name, target / name, ignore=ignored)
    for name in _FILES:
        shutil.copy(REPOSITORY / name, target)
    return target


def wheel(sources: Path) -> Path:
    """Builds the wheel in `dist/` of the sources."""
    call = [sys.executable, "setup.py", "--quiet", "bdist_wheel"]
    subprocess.run(call, cwd=sources, check=True, capture_output=True)
    (found,) = (sources / "dist").glob("*.whl")
    return found
