"""E-mail, Teams, Discord and whatever else Apprise writes to: the message, and how it is sent."""

from typing import Final

CONN_TYPES: Final = ("apprise",)
ADDRESS: Final = "email"
