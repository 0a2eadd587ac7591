"""Airflow, its providers and dag-factory are there, in versions that fit."""

import re
from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup

_NEEDED: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...] = (
    ("apache-airflow", (3, 3), (3, 4)),
    ("apache-airflow-providers-common-sql", (1, 0), (1000, 0)),
    ("apache-airflow-providers-postgres", (6, 0), (1000, 0)),
    ("apache-airflow-providers-slack", (9, 0), (1000, 0)),
    ("dag-factory", (1, 1), (2, 0)),
    ("psycopg", (3, 2), (4, 0)),
)
"""Name, the first version that will do, and the first that will not."""

_INSTALL = 'pip install "apache-airflow==3.3.2" "summary-tables[airflow]"'


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.airflow is None:
        return
    for name, first, end in _NEEDED:
        version = setup.versions.get(name, "")
        if not version:
            yield Finding(what=f"The package {name} is not installed beside Airflow.", fix=_INSTALL)
        elif not first <= _number(version) < end:
            yield Finding(what=f"{name} {version} is installed; {_wanted(first, end)} is needed.", fix=_INSTALL)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _wanted(first: tuple[int, int], end: tuple[int, int]) -> str:
    oldest = ".".join(map(str, first))
    return oldest if end == (first[0], first[1] + 1) else f"{oldest} or newer"


CHECK = Check(name="packages", group="Versions", findings=_findings)
