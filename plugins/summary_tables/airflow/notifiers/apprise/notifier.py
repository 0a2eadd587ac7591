"""Tells by Apprise: where e-mail names nobody it goes to the address that the place has as its channel."""

import logging

from airflow.sdk import Connection

from summary_tables.airflow.notifiers.apprise.send import send
from summary_tables.model.incident import Answer, Message, NotTold

_log = logging.getLogger(__name__)


def tell(message: Message) -> Answer:
    """Sends the message; when it cannot be told, it goes to the log, too."""
    connection = Connection.get(message.place.conn_id)
    # A channel of Slack is no address for mail.
    address = message.place.channel if "@" in message.place.channel else ""
    answer = send(message, connection, address)
    if isinstance(answer, NotTold):
        words = message.notice.words
        _log.error("`%s` did not take the message: %s. The message was: %s", connection.conn_id, answer.problem, words)
    return answer
