"""The cluster policies of a deployment: code of its own that changes or refuses DAGs."""

from airflow import settings as airflow_settings
from airflow.policies import DefaultPolicy
from airflow.sdk import DAG


def site_has_policies() -> bool:
    """The deployment changes or refuses DAGs by code of its own, which may change its mind."""
    return any(plugin is not DefaultPolicy for plugin in airflow_settings.get_policy_plugin_manager().get_plugins())


def try_policies(dag: DAG) -> None:
    """Runs the site's cluster policies as Airflow will, on a DAG of its own since they may change what they are given.

    Serializes the result: a policy is the only thing that can put in what a config cannot.
    """
    from airflow.serialization.serialized_objects import DagSerialization

    airflow_settings.dag_policy(dag)  # type: ignore[no-untyped-call]  # Airflow has not typed it
    for task in dag.tasks:
        airflow_settings.task_policy(task)  # type: ignore[no-untyped-call]  # Airflow has not typed it
    DagSerialization.to_dict(dag)
