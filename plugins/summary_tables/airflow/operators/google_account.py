"""By whom Google is asked: what an Airflow connection of the Google type says, without Airflow's Google provider."""

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from summary_tables.sheets.account import GoogleAccount, account_from_extras
from summary_tables.sheets.error import SheetsError


def google_account(conn_id: str) -> GoogleAccount:
    """Raises SheetsError."""
    try:
        found = BaseHook.get_connection(conn_id)
    except AirflowNotFoundException:
        raise SheetsError(
            f"Airflow has no connection `{conn_id}`. Add it under Admin, Connections: type google_cloud_platform, with "
            "the key of a service account as `keyfile_dict` in its extra fields."
        ) from None
    return account_from_extras(found.extra_dejson, f"the connection `{conn_id}`")
