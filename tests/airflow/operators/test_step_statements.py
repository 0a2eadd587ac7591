"""What a step sends to the warehouse, message by message, as the server's log has it: on one connection."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from demo.embedded_postgres import EmbeddedPostgres
from tests.airflow.conftest import Project, failed_tasks
from tests.airflow.forgotten import forget_incidents
from tests.golden_files import assert_golden

_ENTRY = re.compile(r"^(?P<pid>\d+) LOG:  (?:statement|execute <unnamed>): (?P<text>.*(?:\n\t.*)*)", re.MULTILINE)
_SETTINGS = re.compile(r"SET LOCAL search_path = pg_catalog, pg_temp; (?:SET LOCAL [a-z_]+ = [^;]+?; ){10}")
_CHANGING = {
    r"asked__\d{8}T\d{6}_[0-9a-f]{12}": "<version>",
    r"source__[0-9a-f]{24}": "<source>",
    r"TIMESTAMPTZ '[^']+'": "<moment>",
    r"manual__[^']+": "<run>",
    r"\b\d+\.\d{3}\b": "<seconds>",
}


@contextmanager
def logged_statements(server: EmbeddedPostgres, admin: psycopg.Connection[Any]) -> Iterator[list[list[str]]]:
    """Afterwards: for each connection of the build role, in the order in which they were made, its messages."""
    for setting in ("log_statement = 'all'", "log_line_prefix = '%p '"):
        admin.execute(f"ALTER SYSTEM SET {setting}".encode())
    admin.execute("SELECT pg_reload_conf()")
    begin = server.log.stat().st_size
    connections: list[list[str]] = []
    try:
        yield connections
        with server.log.open("rb") as log:
            log.seek(begin)
            connections += _by_connection(log.read().decode(), str(admin.info.backend_pid))
    finally:
        for name in ("log_statement", "log_line_prefix"):
            admin.execute(f"ALTER SYSTEM RESET {name}".encode())
        admin.execute("SELECT pg_reload_conf()")


def _by_connection(log: str, but: str) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for entry in _ENTRY.finditer(log):
        if entry["pid"] != but:
            found.setdefault(entry["pid"], []).append(_same_each_time(entry["text"]))
    return list(found.values())


def _same_each_time(message: str) -> str:
    text = _SETTINGS.sub("<settings>; ", f"{' '.join(message.split())}; ").removesuffix("; ")
    for pattern, name in _CHANGING.items():
        text = re.sub(pattern, name, text)
    return text


@pytest.fixture
def steps(project: Project, server: EmbeddedPostgres, admin: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """The messages of each step of a run whose second output check fails, and of one that is published."""
    # As in a warehouse where nothing was rolled back. A name of its own: old versions of others' would be dropped.
    admin.execute("DROP TABLE IF EXISTS summary_tables.roll_back_log")
    forget_incidents(admin)
    table = {"table": "asked", "schema": "analytics", "main_sql": "SELECT 1 AS a", "grants": {"select": ["reader"]}}
    checks = {"input_check": [{"sql": "SELECT 1", "count": 1}], "output_check": [{"row_count": {"min": 1}}]}
    project.write("asked", table | checks)
    days = [datetime(2026, 11, day, 3, tzinfo=UTC) for day in (21, 22, 23)]
    project.run("asked", days[0])
    with logged_statements(server, admin) as published:
        assert failed_tasks(project.run("asked", days[1])) == []
    project.write("asked", table | {"output_check": [{"row_count": {"min": 2}}]})
    with logged_statements(server, admin) as failing:
        assert failed_tasks(project.run("asked", days[2])) == ["output_check.row_count"]
    names = ("input_check", "create", "output_check", "publish")
    return dict(zip(names, published, strict=True)) | dict(zip(("", "failed_check", "incident"), failing, strict=True))


def test_a_step_has_one_connection_and_asks_no_more_than_this(steps: dict[str, list[str]]) -> None:
    for step in ("input_check", "create", "output_check", "publish", "failed_check"):
        assert_golden(f"steps/{step}.sql", "".join(f"{message};\n" for message in steps[step]))
