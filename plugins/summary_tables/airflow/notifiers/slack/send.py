"""Sends a message to Slack by whatever the connection is, within a time limit and without ever raising.

The webhook's address and the bot's token are passwords: they must not reach a log. So slack_sdk gets a silent logger
(it writes the address at several levels), no text of an exception is repeated, and Airflow is told to mask them.
"""

import logging

from airflow.providers.slack.hooks.slack import SlackHook
from airflow.providers.slack.hooks.slack_webhook import SlackWebhookHook
from airflow.sdk import Connection, Variable
from airflow.sdk.exceptions import AirflowNotFoundException
from airflow.sdk.log import mask_secret

from summary_tables.airflow.notifiers.slack import bot, webhook
from summary_tables.airflow.notifiers.slack.bot import BotMessage
from summary_tables.model.incident import Answer, NotTold

VARIABLE = "slack_url"
"""The Variable used when there is no connection: `T000/B000/XXX` or the whole `https://hooks.slack.com/services/...`."""

_NOT_SET_UP = (
    "Slack is not set up here: Airflow shows neither a connection `{conn_id}` with a password nor a Variable "
    "`{variable}`. To get this as a Slack message, add a connection `{conn_id}` of type `slackwebhook` whose password "
    "is the part of the webhook's address after `/services/`."
)
_LOOK_UP_FAILED = "Airflow could not look up the connection `{conn_id}` ({error})"

_log = logging.getLogger(__name__)


def send(wanted: BotMessage, conn_id: str) -> Answer:
    """Sends `wanted`; when Slack cannot be told, the message goes to the log with the reason. Never raises.

    A webhook has one channel and no threads: there each message stands for itself.
    """
    try:
        connection = _connection(conn_id) or _from_variable()
    except Exception as error:  # a secrets backend may raise anything
        return _reported(NotTold(problem=_LOOK_UP_FAILED.format(conn_id=conn_id, error=type(error).__name__)), wanted)
    if connection is None:
        words = _NOT_SET_UP.format(conn_id=conn_id, variable=VARIABLE)
        _log.error("%s\n%s", wanted.message.words, words)
        return NotTold(problem=words, is_final=True)
    if connection.conn_type == SlackHook.conn_type:
        return _reported(bot.post(connection, wanted), wanted)
    return _reported(webhook.post(connection, wanted.message), wanted)


def _reported(answer: Answer, wanted: BotMessage) -> Answer:
    if isinstance(answer, NotTold):
        words = wanted.message.words
        _log.error("Slack did not take the message: %s. The message was: %s", answer.problem, words)
    return answer


def _connection(conn_id: str) -> Connection | None:
    try:
        connection: Connection = Connection.get(conn_id)
    except AirflowNotFoundException:
        return None
    return connection if (connection.password or "").strip() else None


def _from_variable() -> Connection | None:
    value = str(Variable.get(VARIABLE, default=None) or "").strip()
    if not value:
        return None
    mask_secret(value)
    token = value if "://" in value else value.rpartition("services/")[2]
    return Connection(conn_id=VARIABLE, conn_type=SlackWebhookHook.conn_type, password=token)
