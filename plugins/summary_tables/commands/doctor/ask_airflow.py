"""Airflow as it is set up on this machine, asked in a process of its own: this one imports none of it."""

import json
import os
import subprocess
import sys
from collections.abc import Collection
from importlib.util import find_spec

from summary_tables.model.airflow_report import AirflowReport
from summary_tables.model.checkout import PACKAGE

_MODULE = "summary_tables.airflow.self_report"
_SECONDS = 120


def is_installed() -> bool:
    """Airflow is, in this Python."""
    return find_spec("airflow") is not None


def ask_airflow(conn_ids: Collection[str], dag_ids: Collection[str]) -> AirflowReport | str:
    """What it says of itself, or why it does not start, as the last line that it printed."""
    path = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            [sys.executable, "-m", _MODULE],
            input=json.dumps({"connections": sorted(conn_ids), "dag_ids": sorted(dag_ids)}),
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it gave no answer within {_SECONDS} seconds"
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        # An error of Python's: its text may hold the address of the database.
        return lines[-1].partition(":")[0] if lines else f"exit code {done.returncode}"
    return AirflowReport.from_document(json.loads(done.stdout))
