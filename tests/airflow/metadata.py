"""Airflow's own metadata, changed as its services and people change it."""

from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
from airflow.models.dag import DagModel
from airflow.utils.session import create_session
from sqlalchemy import update

from tests.conftest import AIRFLOW_HOME


def read_by_airflow() -> None:
    """As the DAG processor does when it has parsed the folder."""
    bag = BundleDagBag(AIRFLOW_HOME / "dags", bundle_path=AIRFLOW_HOME / "dags", bundle_name="dags-folder")
    assert bag.import_errors == {}
    with create_session() as session:
        sync_bag_to_db(bag, "dags-folder", None, session=session)


def set_paused(dag_id: str, *, is_paused: bool) -> None:
    with create_session() as session:
        session.execute(update(DagModel).where(DagModel.dag_id == dag_id).values(is_paused=is_paused))
