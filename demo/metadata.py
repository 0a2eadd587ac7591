"""The database in which Airflow keeps its own state."""

import psycopg
from psycopg import sql

from demo.airflow_environment import METADATA_DATABASE
from demo.embedded_postgres import EmbeddedPostgres
from demo.warehouse import make_database, make_role, new_password


def set_up(server: EmbeddedPostgres) -> str:
    """Makes the database and its role, if they are missing, and returns the role's new password.

    A database with runs that never ended is made anew: Airflow would wait minutes for tasks that are no more.
    """
    password = new_password()
    with server.connect() as session:
        make_role(session, METADATA_DATABASE, password)
        if exists(session) and has_unfinished_runs(server):
            session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(METADATA_DATABASE)))
        make_database(session, METADATA_DATABASE, owner=METADATA_DATABASE)
    return password


def exists(session: psycopg.Connection) -> bool:
    """True when the database is there."""
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    return session.execute(query, [METADATA_DATABASE]).fetchone() is not None


def has_unfinished_runs(server: EmbeddedPostgres) -> bool:
    """True when a run was going on as Airflow ended, or when its tables are not complete."""
    with server.connect(METADATA_DATABASE) as session:
        try:
            query = "SELECT 1 FROM dag_run WHERE state IN ('queued', 'running') LIMIT 1"
            return session.execute(query).fetchone() is not None
        except psycopg.errors.UndefinedTable:
            return True
