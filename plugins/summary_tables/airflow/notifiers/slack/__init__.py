"""Slack: the message, and how it is sent."""
