"""The warehouse database: its schemas and its roles, each with no more rights than its work needs."""

import secrets
from dataclasses import dataclass, field
from typing import Protocol

import psycopg
from psycopg import sql

from summary_tables.model.settings import Warehouse

DATABASE = "warehouse"
RAW_SCHEMA = "raw_data"
SUMMARY_SCHEMA = "analytics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The passwords of the warehouse's roles, made anew by each `set_up`.

    `loader` writes raw data, `builder` reads it and builds summaries, `reader` reads published summaries.
    """

    loader: str = field(repr=False)
    builder: str = field(repr=False)
    reader: str = field(repr=False)


class Server(Protocol):
    """A PostgreSQL server: the embedded one, or one that runs elsewhere."""

    def connect(self, database: str = ..., user: str = ..., password: str = ...) -> psycopg.Connection:
        """A new session, in autocommit mode; the superuser's unless another user is named."""
        ...


def set_up(server: Server, versions_schema: str = Warehouse().versions_schema) -> Roles:
    """Makes the database, schemas and roles that are missing, and gives every role a new password."""
    roles = Roles(loader=new_password(), builder=new_password(), reader=new_password())
    with server.connect() as session:
        make_database(session, DATABASE)
        make_role(session, "loader", roles.loader)
        make_role(session, "builder", roles.builder)
        make_role(session, "reader", roles.reader)
        # CREATE SCHEMA is nobody's here.
        session.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO loader, builder, reader")
        # A query that calls functions which might write runs read-only, into a temporary table.
        session.execute(f"GRANT TEMPORARY ON DATABASE {DATABASE} TO builder")
    with server.connect(DATABASE) as session, session.transaction():
        make_schemas(session, versions_schema)
    return roles


def new_password() -> str:
    """For a role or a person; needs no quoting in an address or a shell."""
    return secrets.token_urlsafe(18)


def make_database(session: psycopg.Connection, name: str, owner: str = "") -> None:
    """Makes a database, unless it exists, that only its owner and those with a grant can connect to."""
    if not session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    session.execute(sql.SQL("REVOKE ALL ON DATABASE {}, postgres, template1 FROM PUBLIC").format(sql.Identifier(name)))
    if owner:
        session.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), sql.Identifier(owner)))


def make_role(session: psycopg.Connection, name: str, password: str) -> None:
    """Makes a role that can log in and nothing else, unless it exists, and sets its password."""
    if not session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        session.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    session.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password)))


def make_schemas(session: psycopg.Connection, versions_schema: str) -> None:
    """Makes the schemas and says who may do what in them, now and with tables made later."""
    schemas = {"raw": RAW_SCHEMA, "summaries": SUMMARY_SCHEMA, "versions": versions_schema}
    names = {key: sql.Identifier(name) for key, name in schemas.items()}
    for statement in SCHEMA_STATEMENTS:
        session.execute(sql.SQL(statement).format(**names))


SCHEMA_STATEMENTS = (
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "CREATE SCHEMA IF NOT EXISTS {raw}",
    "CREATE SCHEMA IF NOT EXISTS {summaries}",
    "CREATE SCHEMA IF NOT EXISTS {versions}",
    "GRANT USAGE, CREATE ON SCHEMA {raw} TO loader",
    "GRANT USAGE ON SCHEMA {raw} TO builder",
    "GRANT USAGE, CREATE ON SCHEMA {summaries}, {versions} TO builder",
    "GRANT USAGE ON SCHEMA {summaries} TO reader",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {raw} TO builder",
    "ALTER DEFAULT PRIVILEGES FOR ROLE loader IN SCHEMA {raw} GRANT SELECT ON TABLES TO builder",
    "ALTER DEFAULT PRIVILEGES FOR ROLE builder IN SCHEMA {summaries} GRANT SELECT ON TABLES TO reader",
)
