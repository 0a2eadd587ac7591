"""What somebody who is logged in to Airflow may see and do: Airflow's own rights on the DAG of each table."""

from collections.abc import Set
from typing import Final

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
from airflow.models.dag import DagModel

_READ: Final = "GET"
_CREATE: Final = "POST"


def readable(user: BaseUser, dag_ids: Set[str], known: Set[str]) -> frozenset[str]:
    """Those of `dag_ids` that `user` may read.

    Of DAGs that are not `known` to Airflow, as that of a file that was broken from the start, it is asked by their id.
    """
    manager = get_auth_manager()
    allowed = manager.get_authorized_dag_ids(user=user, method=_READ)
    unknown = set(dag_ids - known)
    # Asked for none of them, a manager may take it for a question about all.
    allowed_unknown = manager.filter_authorized_dag_ids(dag_ids=unknown, user=user, method=_READ) if unknown else set()
    return frozenset((dag_ids & known & allowed) | (unknown & allowed_unknown))


def may_trigger(user: BaseUser, dag_id: str) -> bool:
    """Whether `user` may start a run of the DAG."""
    details = DagDetails(id=dag_id, team_name=DagModel.get_team_name(dag_id))
    manager = get_auth_manager()
    return manager.is_authorized_dag(method=_CREATE, access_entity=DagAccessEntity.RUN, details=details, user=user)
