"""Tells Slack of a run: a failure calls whom the settings mention, a warning nobody."""

from summary_tables.airflow.notifiers.slack.message import slack_message
from summary_tables.airflow.notifiers.slack.send import send
from summary_tables.model.settings import Slack
from summary_tables.runs.report import RunReport


def tell(report: RunReport, settings: Slack) -> None:
    """Sends the message about the run; when Slack cannot be told, it goes to the log. Never raises."""
    send(slack_message(report.notice(), settings.mention if report.is_urgent else ""), settings.conn_id)
