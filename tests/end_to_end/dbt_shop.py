"""The dbt project `shop` beside summary tables: one that it waits for, and two that wait for models of it."""

import shutil
from typing import Any
from urllib.parse import quote

import yaml

from demo.airflow_environment import METADATA_DATABASE
from demo.rest_client import Run
from tests.conftest import REPOSITORY
from tests.end_to_end.deployment import Deployment

CASES = REPOSITORY / "tests" / "cases" / "dbt"
SET_UP = """
CREATE SCHEMA IF NOT EXISTS shop AUTHORIZATION builder;
CREATE SCHEMA IF NOT EXISTS growth AUTHORIZATION builder;
GRANT CREATE ON DATABASE warehouse TO builder;
GRANT USAGE ON SCHEMA raw_shop TO builder;
GRANT SELECT ON ALL TABLES IN SCHEMA raw_shop TO builder;
"""
BAD_ROW = "INSERT INTO raw_shop.order_items VALUES (9001, 1, 1, 900, 10)"
MENDED = "DELETE FROM raw_shop.order_items WHERE id = 9001"

BROKEN = "models/marts/refund_rates.sql"
BEFORE, SHOP, ALL_WELL, BEHIND = "shop_ready", "shop", "shop_segments", "shop_sales"


def set_up(airflow: Deployment) -> None:
    """The project in the repository, what it reads in the warehouse, and the files."""
    airflow.execute((CASES / "raw_shop.sql").read_text("utf-8"))
    airflow.execute(SET_UP)
    project = airflow.root / "dbt" / "shop"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(CASES / "shop", project)
    airflow.add(BEFORE, main_sql="SELECT COUNT(1) AS orders FROM raw_shop.orders")
    airflow.add(
        ALL_WELL,
        main_sql="SELECT segment, COUNT(1) AS customers FROM shop.customer_segments GROUP BY 1",
        schedule={"after": ["shop.customer_segments"]},
    )
    airflow.add(
        BEHIND, main_sql="SELECT category, amount FROM shop.category_sales", schedule={"after": ["shop.category_sales"]}
    )
    file = {
        "dbt": {"project": "dbt/shop", "target": "prod"},
        "description": "Orders and revenue of the shop.",
        "owner": "growth",
        "retries": 0,
        "schedule": {"after": [f"analytics.{BEFORE}"]},
    }
    airflow.write(f"{SHOP}.yaml", yaml.safe_dump(file, sort_keys=False))
    airflow.ask_for_reading()
    airflow.has_dags(BEFORE, SHOP, ALL_WELL, BEHIND)


def break_model(airflow: Deployment) -> None:
    """A column that is not there, in a model that nothing reads."""
    path = airflow.root / "dbt" / "shop" / BROKEN
    path.write_text(path.read_text("utf-8").replace("select orders.day,", "select orders.dai,"), "utf-8")


def mend_model(airflow: Deployment) -> None:
    """As it was before `break_model`."""
    shutil.copy(CASES / "shop" / BROKEN, airflow.root / "dbt" / "shop" / BROKEN)


def clear(airflow: Deployment, run: Run, number: int) -> None:
    """*Clear* of one of the tasks of what failed."""
    place = {"dag_run_id": run.run_id, "task_ids": [["failed", number]], "dry_run": False, "reset_dag_runs": True}
    airflow.api.send("POST", f"/dags/{run.dag_id}/clearTaskInstances", place)


def stored_with(airflow: Deployment, words: str) -> list[str]:
    """The tables of Airflow's own database in which tasks have left these words."""
    with airflow.server.connect(METADATA_DATABASE) as session:
        asked = ("xcom", "rendered_task_instance_fields", "task_instance_note", "dag_run_note")
        rows = {table: session.execute(f"SELECT t::text FROM {table} AS t".encode()).fetchall() for table in asked}
    return [table for table, found in rows.items() if any(words in row[0] for row in found)]


def tasks(airflow: Deployment, run: Run) -> dict[str, str]:
    """The states of all tasks, mapped ones by what they are called."""
    path = f"/dags/{run.dag_id}/dagRuns/{quote(run.run_id)}/taskInstances"
    found: list[dict[str, Any]] = airflow.api.get(path)["task_instances"]
    return {
        f"{task['task_id']} [{task['rendered_map_index']}]" if task["rendered_map_index"] else task["task_id"]: task[
            "state"
        ]
        for task in found
    }


def shown_message(message: dict[str, Any]) -> list[str]:
    """A message of Slack as the lines that people see, block by block."""
    return [line for block in message["blocks"] for line in _text(block).splitlines() if line.strip()]


def _text(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(_text, node))
    if not isinstance(node, dict):
        return ""
    if isinstance(node.get("text"), str):
        return str(node["text"])
    inner = "".join(_text(node[key]) for key in ("text", "elements") if key in node)
    return f"- {inner}\n" if node.get("type") == "rich_text_section" else inner
