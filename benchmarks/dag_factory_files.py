"""The examples as dag-factory's own YAML files, one a table, for its `load_yaml_dags`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks import examples
from benchmarks.examples import Example
from benchmarks.plain_sql import check_query, create_statements, publish_statements

_OPERATORS = "airflow.providers.common.sql.operators.sql."


def write(folder: Path, tables: Sequence[Example]) -> None:
    """One file a table."""
    folder.mkdir(parents=True)
    for table in tables:
        text = yaml.dump({table.table: _dag(table)}, Dumper=_ReadableDumper, sort_keys=False, allow_unicode=True)
        (folder / f"{table.table}.yaml").write_text(text, "utf-8")


class _ReadableDumper(yaml.SafeDumper):
    """Writes texts of several lines as people do, in `|` blocks."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_ReadableDumper.add_representer(str, _represent_text)


def _dag(table: Example) -> dict[str, Any]:
    return {
        "description": table.description,
        "doc_md": table.docs,
        "schedule": examples.SCHEDULE,
        "start_date": "2000-01-01",
        "catchup": False,
        "max_active_runs": 1,
        "on_failure_callback": {
            "callback": "benchmarks.callback.TableCallback",
            "schema": examples.SCHEMA,
            "table": table.table,
            "owner": examples.OWNER,
            "cron": examples.SCHEDULE,
        },
        "tags": [examples.SCHEMA],
        "default_args": {
            "owner": examples.OWNER,
            "conn_id": examples.CONN_ID,
            "retries": examples.RETRIES,
            "retry_delay": _minutes(examples.RETRY_MINUTES),
            "execution_timeout": _minutes(examples.TIMEOUT_MINUTES),
        },
        "task_groups": {"input_check": {}, "output_check": {}},
        "tasks": {
            **_checks("input_check", table.input_checks, after=[]),
            "create": _task("SQLExecuteQueryOperator", create_statements(table), after=["input_check"]),
            **_checks("output_check", table.output_checks, after=["create"]),
            "publish": {
                **_task("SQLExecuteQueryOperator", publish_statements(table), after=["output_check"]),
                "outlets": [table.full_name],
            },
        },
    }


def _minutes(count: int) -> dict[str, Any]:
    return {"__type__": "datetime.timedelta", "minutes": count}


def _checks(group: str, checks: Sequence[tuple[str, int]], after: list[str]) -> dict[str, Any]:
    return {
        f"{group}_{number}": {
            **_task("SQLCheckOperator", check_query(query, least), after=after),
            "task_group_name": group,
        }
        for number, (query, least) in enumerate(checks, 1)
    }


def _task(operator: str, sql: str | list[str], after: list[str]) -> dict[str, Any]:
    return {"operator": _OPERATORS + operator, "sql": sql, "dependencies": after}
