"""Writes down what it is told, in the file that is the connection's host or, where there is none, its name."""

from pathlib import Path

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from summary_tables.model.incident import Answer, Message, Told


def tell(message: Message) -> Answer:
    place, notice = message.place, message.notice
    called = f"{place.mention} " if notice.is_urgent else ""
    with _file(place.conn_id).open("a", encoding="utf-8") as file:
        file.write(f"{called}{notice.headline}\n{notice.words}\n")
    return Told()


def _file(conn_id: str) -> Path:
    try:
        return Path(Connection.get(conn_id).host)
    except AirflowNotFoundException:
        return Path(conn_id)
