"""What lint calls a macro is what a run knows."""

from datetime import datetime, timedelta

from airflow.sdk import DAG
from airflow.sdk.execution_time.macros import ds_add, ds_format

from summary_tables import airflow_sql_context
from summary_tables.sql import template_words
from summary_tables.sql.template_names import FILTER_NAMES, MACRO_NAMES


def test_macros_are_those_of_a_run() -> None:
    known = {"ds_add": ds_add, "ds_format": ds_format, "datetime": datetime, "timedelta": timedelta}
    assert known == airflow_sql_context._MACROS
    assert tuple(known) == MACRO_NAMES


def test_filters_and_tags_are_those_of_airflow() -> None:
    of_airflow = DAG("any").get_template_env()
    ours = template_words._environment()
    assert set(ours.filters) == set(of_airflow.filters)
    assert set(FILTER_NAMES) <= set(of_airflow.filters)
    assert set(ours.extensions) == set(of_airflow.extensions)
    assert set(ours.globals) == set(of_airflow.globals)
