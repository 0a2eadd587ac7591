"""The examples as somebody would write them in Python: plain operators of the common SQL provider, in a loop."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from airflow.providers.common.sql.operators.sql import SQLCheckOperator, SQLExecuteQueryOperator
from airflow.sdk import DAG, Asset, TaskGroup

from benchmarks import examples
from benchmarks.callback import TableCallback
from benchmarks.examples import Example
from benchmarks.plain_sql import check_query, create_statements, publish_statements


def dags(tables: Sequence[Example]) -> dict[str, DAG]:
    """One DAG a table, by id."""
    return {table.table: _dag(table) for table in tables}


def _dag(table: Example) -> DAG:
    with DAG(
        dag_id=table.table,
        description=table.description,
        doc_md=table.docs,
        schedule=examples.SCHEDULE,
        start_date=datetime(2000, 1, 1),
        catchup=False,
        max_active_runs=1,
        on_failure_callback=TableCallback(
            schema=examples.SCHEMA, table=table.table, owner=examples.OWNER, cron=examples.SCHEDULE
        ),
        tags=[examples.SCHEMA],
        default_args={
            "owner": examples.OWNER,
            "conn_id": examples.CONN_ID,
            "retries": examples.RETRIES,
            "retry_delay": timedelta(minutes=examples.RETRY_MINUTES),
            "execution_timeout": timedelta(minutes=examples.TIMEOUT_MINUTES),
        },
    ) as dag:
        before = _checks("input_check", table.input_checks)
        create = SQLExecuteQueryOperator(task_id="create", sql=create_statements(table))
        after = _checks("output_check", table.output_checks)
        publish = SQLExecuteQueryOperator(
            task_id="publish", sql=publish_statements(table), outlets=[Asset(table.full_name)]
        )
        before >> create >> after >> publish
    return dag


def _checks(name: str, checks: Sequence[tuple[str, int]]) -> TaskGroup:
    with TaskGroup(name) as group:
        for number, (query, least) in enumerate(checks, 1):
            SQLCheckOperator(task_id=f"{name}_{number}", sql=check_query(query, least))
    return group
