"""Servers whose logins cost little: a password is hashed 4096 times otherwise, at both ends of each of thousands of
connections."""

from demo.embedded_postgres import EmbeddedPostgres
from demo.postgres_programs import SUPERUSER

CHEAP_LOGINS = {"scram_iterations": "1"}
"""Settings for passwords that are given from now on."""


def make_superusers_cheap(server: EmbeddedPostgres) -> None:
    """The superuser has its password from before there were settings."""
    with server.connect() as session:
        session.execute(f"ALTER ROLE {SUPERUSER} PASSWORD '{server.password}'".encode())
