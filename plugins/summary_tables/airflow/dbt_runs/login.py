"""What an Airflow connection says of the warehouse, for dbt."""

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from summary_tables.airflow.step_connection import StepConnection
from summary_tables.model.failure import Refusal
from summary_tables.model.settings import Warehouse
from summary_tables.runs.dbt_build.dbt_profile import Login
from summary_tables.warehouse.session.session import Session

_PORT = 5432


def login_of(conn_id: str) -> Login | Refusal:
    """What dbt needs to sign in; of what goes wrong no text is repeated, which may hold a password."""
    try:
        found = BaseHook.get_connection(conn_id)
    except AirflowNotFoundException:
        return Refusal(error=f"Airflow has no connection `{conn_id}`. Add it under Admin, Connections.")
    except Exception as error:
        words = f"The Airflow connection `{conn_id}` cannot be used as a warehouse ({type(error).__name__})."
        return Refusal(error=words)
    if found.conn_type not in ("postgres", "postgresql"):
        words = f"The Airflow connection `{conn_id}` is of the type {found.conn_type}; dbt is set up for postgres."
        return Refusal(error=words)
    return Login(
        host=found.host or "localhost",
        port=found.port or _PORT,
        user=found.login or "",
        password=found.password or "",
        # As libpq does.
        database=found.schema or found.login or "",
        options=found.extra_dejson,
    )


@contextmanager
def session_aside(conn_id: str, warehouse: Warehouse) -> Iterator[Session]:
    """A short session beside dbt's own. Raises `WarehouseError`."""
    connection = StepConnection(conn_id, warehouse)
    try:
        with connection.aside() as session:
            yield session
    finally:
        connection.close()
