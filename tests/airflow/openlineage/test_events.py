"""A real run, with OpenLineage's own provider, whose events go to a file."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.airflow.conftest import Project
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden

PACKAGES = REPOSITORY / ".openlineage"
RUN_DAG = Path(__file__).with_name("run_dag.py")

pytestmark = pytest.mark.skipif(
    not (PACKAGES / ".complete").exists(), reason="OpenLineage's provider is not there: make .openlineage/.complete"
)


def events(project: Project, table: str, tmp_path: Path) -> list[dict[str, Any]]:
    """Of a run of `table` in a process of its own; those that tell of the end of a step."""
    file = tmp_path / "events.json"
    path = os.pathsep.join([str(REPOSITORY / "plugins"), str(REPOSITORY), str(PACKAGES)])
    transport = {"type": "file", "log_file_path": str(file), "append": True}
    done = subprocess.run(
        [sys.executable, RUN_DAG, project.configs, table],
        env={**os.environ, "PYTHONPATH": path, "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(transport)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    found = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [event for event in found if event["eventType"] == "COMPLETE" and "." in event["job"]["name"]]


def test_a_step_tells_what_it_read_and_a_publish_of_which_columns_a_table_is_made(
    project: Project, tmp_path: Path
) -> None:
    project.add("nps_summary", description="Net Promoter Score per day 🚀", input_check=[], output_check=[])
    told = {event["job"]["name"]: event for event in events(project, "nps_summary", tmp_path)}
    assert sorted(told) == ["nps_summary.create", "nps_summary.publish"]
    shown = {name: datasets(event) for name, event in told.items()}
    assert_golden("openlineage/nps_summary.json", json.dumps(shown, indent=2, ensure_ascii=False) + "\n")


def datasets(event: dict[str, Any]) -> dict[str, Any]:
    """What is ours of an event, without what differs from run to run."""
    sql = event["job"]["facets"].get("sql", {}).get("query", "")
    text = json.dumps({"inputs": event["inputs"], "outputs": event["outputs"], "sql": sql})
    text = re.sub(r'"_(?:producer|schemaURL)": "[^"]*",? ?', "", text)
    text = re.sub(r'"size": \d+', '"size": "(bytes)"', text)
    found: dict[str, Any] = json.loads(text)
    return found
