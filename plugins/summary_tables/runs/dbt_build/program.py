"""Where dbt is. It lives in an environment of its own: nothing here imports it."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from summary_tables.model.checkout import REPOSITORY

VARIABLE: Final = "SUMMARY_TABLES_DBT"
"""The program, where it stands in no usual place."""
ENVIRONMENT: Final = "dbt_environment/.venv/bin/dbt"

MISSING: Final = (
    "dbt was not found. Make its environment (in a checkout `make dbt`; elsewhere `summary-tables init --dbt`, then "
    "`uv sync --locked --project dbt_environment`; with Docker `DBT=1` in `.env`), or set "
    f"`{VARIABLE}` to the program where Airflow's tasks run."
)


def find_dbt(repository: Path, environment: Mapping[str, str] | None = None) -> Path | None:
    """What the variable names; where that is not there, that of `repository`, of this checkout, or of the machine."""
    given = os.environ if environment is None else environment
    return next((path for path in _places(repository, given) if os.access(path, os.X_OK)), None)


def not_started(program: Path | str, error: OSError) -> str:
    """What is there, and is no program, or one whose Python is gone."""
    why = f"dbt could not be started: {program}: {str(error.strerror).lower()}"
    return f"{why}. Make its environment anew, or set `{VARIABLE}` to another."


def _places(repository: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    if named := environment.get(VARIABLE):
        yield Path(named)
    yield repository / ENVIRONMENT
    yield REPOSITORY / ENVIRONMENT
    if found := shutil.which("dbt", path=environment.get("PATH", "")):
        yield Path(found)
