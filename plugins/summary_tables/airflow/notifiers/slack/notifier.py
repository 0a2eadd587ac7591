"""Tells Slack of a notice: what is urgent calls whom the place mentions, anything else nobody."""

from summary_tables.airflow.notifiers.slack.bot import BotMessage
from summary_tables.airflow.notifiers.slack.message import slack_message
from summary_tables.airflow.notifiers.slack.send import send
from summary_tables.model.incident import Answer, Message


def tell(message: Message) -> Answer:
    """Sends the message; when Slack cannot be told, it goes to the log, too. Never raises."""
    place, notice = message.place, message.notice
    wanted = BotMessage(
        message=slack_message(notice, place.mention if notice.is_urgent else ""),
        channel=place.channel,
        thread="" if message.kind == "first" else message.thread,
        is_last=message.kind == "recovery",
    )
    return send(wanted, place.conn_id)
