"""dag-factory's builder, without what dag-factory says and sends of its own accord."""

import logging
import warnings
from typing import Any, Self

from airflow.sdk import DAG

# It announces every optional provider that is missing, and imports names that Airflow has deprecated.
logging.getLogger("dagfactory").setLevel(logging.WARNING)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from dagfactory.dagbuilder import DagBuilder

_TELEMETRY_TAG = "dagfactory"


class _OwnSpec(dict[str, Any]):
    """A spec that DagBuilder may keep and change, where it would copy every value of any other."""

    def __deepcopy__(self, _memo: dict[int, object]) -> Self:
        return self


def build(dag_id: str, spec: dict[str, Any]) -> DAG:
    """The DAG that `spec` describes, whose inner values are used up. Raises whatever dag-factory and Airflow raise.

    `spec` is dag-factory's, with Airflow's `owner_links` beside it, of which dag-factory knows nothing. Its `params`
    are the DAG's alone: while tasks are added, Airflow would copy them for each.
    DagBuilder is used directly: the documented `load_yaml_dags` would add the dags folder's `defaults.yml` and the
    text of the spec to each DAG.
    """
    params = spec.pop("params", None)
    dag: DAG = DagBuilder(dag_id, _OwnSpec(spec), {}).build()["dag"]
    # The file that only looks whether DAGs can be built would be the one in which Airflow's tasks look for them.
    dag.auto_register = False
    if params:
        dag.params = params
    # It tags every DAG, and its listener reports each run of a DAG so tagged to a server of its makers.
    dag.tags.discard(_TELEMETRY_TAG)
    if owner_links := spec.get("owner_links"):
        dag.owner_links = owner_links
    return dag
