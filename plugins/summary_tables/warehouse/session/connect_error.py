"""Why no connection to the warehouse could be made, in words that name the Airflow connection and nothing secret."""

import re

from summary_tables.text.english import plural
from summary_tables.warehouse.session.driver import DriverError
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError

_SILENCE = r"timeout expired|timed out"
_REASONS = (
    (r"password authentication failed|no password supplied", "the warehouse refused the user or the password"),
    (r"role \"[^\"]*\" does not exist", "the warehouse does not know the user"),
    (r"database \"[^\"]*\" does not exist", "the warehouse has no database of that name"),
    (r"no pg_hba\.conf entry", "the warehouse does not let this machine in"),
    (r"resolve host|Name or service not known|nodename nor servname", "its host is unknown"),
    (r"Connection refused|No such file or directory", "nothing listens there"),
    (r"too many (clients|connections)|remaining connection slots", "the warehouse has no free connection"),
    (r"starting up|shutting down|recovery mode", "the warehouse is starting or stopping"),
)


def connect_error(error: DriverError, conn_id: str, address: str, seconds: float) -> WarehouseError:
    """`error` of an attempt to connect to `address` (`where`) that took `seconds`.

    The server's text is not repeated: it may hold secrets.
    """
    words = (
        f"Airflow could not connect to the warehouse with its connection `{conn_id}`: "
        f"{connect_reason(error, address, seconds)}."
    )
    if is_silence(error):
        words += (
            " See whether these are host and port of the warehouse (Admin, Connections), whether something between "
            "the two drops what it does not know (a firewall, a VPN), and whether the warehouse answers anybody else."
        )
    return WarehouseError(words, sqlstate=CONNECTION_LOST)


def connect_reason(error: DriverError, address: str, seconds: float) -> str:
    """Why there is no connection, without a full stop."""
    if is_silence(error):
        return f"{address} gave no answer within {counted_seconds(seconds)}"
    text = str(error)
    return next((words for pattern, words in _REASONS if re.search(pattern, text)), "the warehouse did not take it")


def is_silence(error: DriverError) -> bool:
    """Nobody answered."""
    return re.search(_SILENCE, str(error)) is not None


def counted_seconds(seconds: float) -> str:
    """`1 second`, `10 seconds`."""
    whole = round(seconds)
    return f"{whole} {plural(whole, 'second')}"
