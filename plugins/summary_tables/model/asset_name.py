"""The name of the Airflow asset that stands for a published table."""


def asset_name(full_name: str) -> str:
    """The asset of `schema.table`, for the task that publishes it and for the tables that wait for it.

    Both sides must come here: Airflow makes two assets that differ in one letter of name or URI inactive, and tables
    that wait for them never start.
    """
    return full_name
