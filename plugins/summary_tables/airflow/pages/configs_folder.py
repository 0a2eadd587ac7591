"""Where the api-server finds the folder of configs, and by what it sees that a file in it changed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from airflow.configuration import conf

from summary_tables.airflow.dag_files import configs_beside
from summary_tables.configs.config import FOLDER_NAME, SOURCES_FOLDER
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem

VARIABLE: Final = "SUMMARY_TABLES_CONFIGS"
"""The folder, for an api-server that has it in another place than beside the folder of DAG files."""

Traces = tuple[tuple[str, int, int, int], ...]


def configs_folder() -> Path:
    """Where the configs should be; perhaps nothing is there."""
    if given := os.environ.get(VARIABLE):
        return Path(given)
    dags = Path(conf.get("core", "dags_folder"))
    inside = dags / FOLDER_NAME
    return inside if inside.is_dir() else configs_beside(str(dags / "summary_table_dags.py"))


def traces(folder: Path) -> Traces:
    """What changes with every change of a file: its name, size and times. Raises OSError where it cannot be read."""
    return tuple(sorted((*_traces_in(folder, ""), *_traces_in(folder / SOURCES_FOLDER, f"{SOURCES_FOLDER}/"))))


def _traces_in(folder: Path, before: str) -> Iterator[tuple[str, int, int, int]]:
    if before and not folder.is_dir():
        return
    with os.scandir(folder) as found:
        for file in found:
            status = file.stat()
            yield f"{before}{file.name}", status.st_size, status.st_mtime_ns, status.st_ctime_ns


def missing_folder(folder: Path) -> Problem:
    """What to say where there is none, or it cannot be read."""
    finding = Finding(
        place=WHOLE_FILE,
        rule="file",
        message=f"the api-server finds no folder of configs at {folder}, so that it knows of no table",
        fix=f"see that it is there and can be read, or set {VARIABLE} to where it is, and start the api-server again",
    )
    return Problem.of(finding, folder, file=folder.name)
