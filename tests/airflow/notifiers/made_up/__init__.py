"""A notifier that the product does not have: it writes to a file what it is told."""

CONN_TYPES = ("made_up",)
