"""The same summary with the same checks built by dbt, which lives in an environment of its own (`dbt_environment`)."""

import json
import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.build_server import DATABASE, DBT
from benchmarks.build_steps import Span
from benchmarks.build_table import NAME, QUERY, READER, TIERS, least_rows
from demo.embedded_postgres import EmbeddedPostgres

PROGRAM = Path(__file__).parents[1] / "dbt_environment" / ".venv" / "bin" / "dbt"

_ENTRY = re.compile(r"^(\d+\.\d+) LOG:  duration: ([\d.]+) ms  statement: ", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtBuild:
    """One `dbt build`. `process` is all of it, start-up included; `publish` from its first rename to its last drop.

    `model` and `tests` are the seconds that dbt itself gives for running them, `version` is its own.
    """

    process: Span
    publish: Span
    model: float
    tests: float
    version: str


def write_project(folder: Path, rows: int) -> None:
    """A project of one model with its tests, in dbt's own words."""
    (folder / "models").mkdir(parents=True)
    (folder / "tests").mkdir()
    _write_yaml(folder / "dbt_project.yml", _PROJECT)
    _write_yaml(folder / "profiles.yml", {"bench": {"target": "bench", "outputs": {"bench": _TARGET}}})
    _write_yaml(folder / "models" / "models.yml", {"models": [_MODEL]})
    (folder / "models" / f"{NAME}.sql").write_text(f"{QUERY}\n", "utf-8")
    (folder / "tests" / "least_rows.sql").write_text(
        f"SELECT COUNT(1) AS found FROM {{{{ ref('{NAME}') }}}} HAVING COUNT(1) < {least_rows(rows)}\n", "utf-8"
    )


def dbt_build(project: Path, server: EmbeddedPostgres) -> DbtBuild:
    """One `dbt build`, of a table that has been built before.

    Raises RuntimeError with dbt's output if it fails.
    """
    begin, logged = time.time(), server.log.stat().st_size
    done = subprocess.run(
        [PROGRAM, "build", "--threads", "1", "--no-use-colors", "--profiles-dir", "."],
        cwd=project,
        env=_environment(server),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    end = time.time()
    if done.returncode:
        raise RuntimeError(f"dbt build failed:\n{done.stdout[-3000:]}")
    results = json.loads((project / "target" / "run_results.json").read_text("utf-8"))
    model, *tests = sorted((result["unique_id"], result["execution_time"]) for result in results["results"])
    with server.log.open("rb") as log:
        log.seek(logged)
        statements = log.read().decode()
    return DbtBuild(
        process=Span(begin=begin, end=end),
        publish=publish_span(statements),
        model=model[1],
        tests=sum(seconds for _, seconds in tests),
        version=results["metadata"]["dbt_version"],
    )


def publish_span(log: str) -> Span:
    """From the first RENAME to the last DROP after it in a server's log. Raises RuntimeError where there is none."""
    entries = list(_ENTRY.finditer(log))
    ends = [entry.end() for entry in entries]
    texts = [log[end:following].lower() for end, following in zip(ends, [*ends[1:], len(log)], strict=True)]
    renames = [place for place, text in enumerate(texts) if " rename to " in text]
    if not renames:
        raise RuntimeError("The server's log holds nothing of dbt's publishing.")
    drops = [place for place, text in enumerate(texts) if "drop table" in text and place > renames[0]]
    return Span(begin=_begin(entries[renames[0]]), end=_end(entries[max(renames + drops)]))


def _begin(entry: re.Match[str]) -> float:
    return _end(entry) - float(entry[2]) / 1000


def _end(entry: re.Match[str]) -> float:
    return float(entry[1])


def _environment(server: EmbeddedPostgres) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DBT_")}
    return inherited | {
        "BENCH_HOST": server.host,
        "BENCH_PORT": str(server.port),
        "BENCH_PASSWORD": server.password,
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def _write_yaml(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")


_PROJECT = {
    "name": "bench",
    "version": "1.0",
    "profile": "bench",
    "flags": {"send_anonymous_usage_stats": False},
}
_TARGET = {
    "type": "postgres",
    "host": "{{ env_var('BENCH_HOST') }}",
    "port": "{{ env_var('BENCH_PORT') | as_number }}",
    "user": DBT,
    "password": "{{ env_var('BENCH_PASSWORD') }}",
    "dbname": DATABASE,
    "schema": "by_dbt",
}
_MODEL = {
    "name": NAME,
    "config": {"materialized": "table", "grants": {"select": [READER]}},
    "columns": [
        {"name": "user_id", "data_tests": ["not_null", "unique"]},
        {"name": "tier", "data_tests": [{"accepted_values": {"arguments": {"values": list(TIERS)}}}]},
    ],
}
