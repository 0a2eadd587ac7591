"""Why no connection to the warehouse could be made, in words that name the Airflow connection and nothing secret."""

import re

import psycopg

from summary_tables.warehouse.error import CONNECTION_LOST, WarehouseError

_REASONS = (
    (r"password authentication failed|no password supplied", "the warehouse refused the user or the password"),
    (r"role \"[^\"]*\" does not exist", "the warehouse does not know the user"),
    (r"database \"[^\"]*\" does not exist", "the warehouse has no database of that name"),
    (r"no pg_hba\.conf entry", "the warehouse does not let this machine in"),
    (r"resolve host|Name or service not known|nodename nor servname", "its host is unknown"),
    (r"Connection refused|No such file or directory", "nothing listens there"),
    (r"timeout|timed out", "there was no answer in time"),
    (r"too many (clients|connections)|remaining connection slots", "the warehouse has no free connection"),
    (r"starting up|shutting down|recovery mode", "the warehouse is starting or stopping"),
)


def connect_error(error: psycopg.Error, conn_id: str) -> WarehouseError:
    """`error` of an attempt to connect. The server's text is not repeated: it may hold secrets."""
    text = str(error)
    reason = next((words for pattern, words in _REASONS if re.search(pattern, text)), "the warehouse did not take it")
    words = f"Airflow could not connect to the warehouse with its connection `{conn_id}`: {reason}."
    return WarehouseError(words, sqlstate=CONNECTION_LOST)
