"""Slack: the message, and how it is sent."""

from typing import Final

CONN_TYPES: Final = ("slackwebhook", "slack")
