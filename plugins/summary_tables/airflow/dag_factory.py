"""dag-factory's builder, without what dag-factory says and sends of its own accord."""

import logging
import warnings
from typing import Any

from airflow.sdk import DAG

# It announces every optional provider that is missing, and imports names that Airflow has deprecated.
logging.getLogger("dagfactory").setLevel(logging.WARNING)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from dagfactory.dagbuilder import DagBuilder

_TELEMETRY_TAG = "dagfactory"


def build(dag_id: str, spec: dict[str, Any]) -> DAG:
    """The DAG that `spec` describes. Raises whatever dag-factory and Airflow raise.

    DagBuilder is used directly: the documented `load_yaml_dags` would add the dags folder's `defaults.yml` and the
    text of the spec to each DAG.
    """
    dag: DAG = DagBuilder(dag_id, spec, {}).build()["dag"]
    # It tags every DAG, and its listener reports each run of a DAG so tagged to a server of its makers.
    dag.tags.discard(_TELEMETRY_TAG)
    return dag
