"""Starts the run of a table's DAG that shows readers an earlier build."""

import json
from typing import Final

from airflow.api.common.trigger_dag import trigger_dag
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.exceptions import DagRunAlreadyExists
from airflow.models.dagrun import DagRun
from airflow.models.log import Log
from airflow.utils.session import create_session
from airflow.utils.types import DagRunTriggeredByType
from sqlalchemy.exc import IntegrityError

from summary_tables.runs.run_configuration import ROLL_BACK_TO

_EVENT: Final = "roll_back_summary_table"


def start_roll_back(dag_id: str, run_id: str, version: str, user: BaseUser) -> None:
    """Starts it in the name of `user`; a run of that id that is there already is left alone.

    Raises DagNotFound, and ValueError where Airflow refuses it.
    """
    try:
        with create_session(scoped=False) as session:
            session.add(_record(dag_id, run_id, version, user))
            trigger_dag(
                dag_id,
                run_id=run_id,
                conf={ROLL_BACK_TO: version},
                triggered_by=DagRunTriggeredByType.UI,
                triggering_user_name=user.get_name(),
                session=session,
            )
    except DagRunAlreadyExists:
        return
    except IntegrityError:
        if not DagRun.find_duplicate(dag_id=dag_id, run_id=run_id):
            raise


def _record(dag_id: str, run_id: str, version: str, user: BaseUser) -> Log:
    """For Airflow's audit log."""
    name = user.get_name()
    extra = json.dumps({"version": version})
    return Log(event=_EVENT, owner=name, owner_display_name=name, extra=extra, dag_id=dag_id, run_id=run_id)
