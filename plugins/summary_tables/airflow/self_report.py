"""`python -m summary_tables.airflow.self_report`: what this Airflow is set up like, for `summary-tables doctor`.

A process of its own, so that the command line needs no Airflow, and so that what Airflow prints comes between nothing.
It reads one JSON object, `{"connections": [...], "dag_ids": [...]}`, and writes one. That holds passwords: it goes
through a pipe, to nobody but the process that asked.
"""

import json
import os
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from airflow.configuration import conf
from airflow.models.connection import Connection
from airflow.models.variable import Variable
from airflow.sdk.exceptions import AirflowNotFoundException

from summary_tables.model.airflow_report import (
    SERVICES,
    SETTINGS,
    AirflowConnection,
    AirflowDatabase,
    AirflowReport,
)
from summary_tables.model.watcher import is_watcher

_SLACK_VARIABLE = "slack_url"


def main() -> None:
    """What Airflow and its plugins print goes to standard error."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(2, 1)
        asked = json.load(sys.stdin)
        report = self_report(asked["connections"], frozenset(asked["dag_ids"]))
        json.dump(asdict(report), answer, default=_moment)


def self_report(conn_ids: Iterable[str], dag_ids: Collection[str]) -> AirflowReport:
    """Never raises for what is wrong here: that is what is asked for."""
    connections, unreadable = _connections(conn_ids)
    plugins, errors = _plugins()
    database, problem = _database(dag_ids)
    return AirflowReport(
        settings={f"{section}.{key}": conf.get(section, key, fallback="") or "" for section, key in SETTINGS},
        connections=connections,
        unreadable=unreadable,
        slack_variable=_slack_variable(),
        plugins=plugins,
        plugin_errors=errors,
        database=database,
        database_problem=problem,
    )


def _moment(value: datetime) -> str:
    return value.isoformat()


def _connections(conn_ids: Iterable[str]) -> tuple[dict[str, AirflowConnection | None], dict[str, str]]:
    found: dict[str, AirflowConnection | None] = {}
    unreadable: dict[str, str] = {}
    for conn_id in conn_ids:
        try:
            found[conn_id] = _record(Connection.get_connection_from_secrets(conn_id))
        except AirflowNotFoundException:
            # What cannot be read there is logged by Airflow, and then looked for elsewhere.
            variable = f"AIRFLOW_CONN_{conn_id.upper()}"
            if variable in os.environ:
                unreadable[conn_id] = f"what {variable} holds is none"
            else:
                found[conn_id] = None
        except Exception as error:  # a secrets backend may raise anything, with secrets in its text
            unreadable[conn_id] = type(error).__name__
    return found, unreadable


def _record(connection: Any) -> AirflowConnection:
    return AirflowConnection(
        type=connection.conn_type or "",
        host=connection.host or "",
        port=connection.port,
        login=connection.login or "",
        password=connection.password or "",
        schema=connection.schema or "",
        extra=connection.extra_dejson,
    )


def _slack_variable() -> str:
    try:
        return str(Variable.get(_SLACK_VARIABLE, default_var="") or "").strip()
    except Exception:  # as above
        return ""


def _plugins() -> tuple[tuple[str, ...], dict[str, str]]:
    from airflow import plugins_manager

    found, errors = plugins_manager._get_plugins()
    return tuple(sorted(str(plugin.name) for plugin in found)), {path: str(error) for path, error in errors.items()}


def _database(dag_ids: Collection[str]) -> tuple[AirflowDatabase | None, str]:
    try:
        return _asked(dag_ids), ""
    except Exception as error:  # its text may hold the address
        return None, type(getattr(error, "orig", None) or error).__name__


def _asked(dag_ids: Collection[str]) -> AirflowDatabase:
    from airflow.models.dag import DagModel
    from airflow.models.pool import Pool
    from airflow.utils.session import create_session
    from sqlalchemy import func, select

    with create_session() as session:
        session.execute(select(1))
        began = datetime.now(UTC)
        now = session.scalar(select(func.current_timestamp()))
        ended = datetime.now(UTC)
        columns = (DagModel.dag_id, DagModel.is_paused, DagModel.is_stale)
        rows = session.execute(select(*columns).order_by(DagModel.dag_id)).all()
        dags = [row for row in rows if row[0] in dag_ids or is_watcher(row[0])]
        return AirflowDatabase(
            kind=session.get_bind().dialect.name,
            began=began,
            now=_utc(now),
            ended=ended,
            alive=_alive(session),
            known=tuple(dag_id for dag_id, _, _ in dags),
            paused=tuple(dag_id for dag_id, is_paused, _ in dags if is_paused),
            stale=tuple(dag_id for dag_id, _, is_stale in dags if is_stale),
            without_plugins=_without_plugins(session),
            pools=tuple(session.scalars(select(Pool.pool).order_by(Pool.pool))),
        )


def _utc(now: Any) -> datetime:
    """SQLite gives text, and no zone."""
    moment = datetime.fromisoformat(now) if isinstance(now, str) else now
    found: datetime = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return found


def _alive(session: Any) -> Mapping[str, bool | None]:
    from airflow.jobs.job import most_recent_job

    found = {service: most_recent_job(service, session=session) for service in SERVICES}
    return {service: job.is_alive() if job else None for service, job in found.items()}


def _without_plugins(session: Any) -> tuple[str, ...]:
    """Of FabAuthManager, whose rights stand in the database."""
    if not conf.get("core", "auth_manager", fallback="").endswith(".FabAuthManager"):
        return ()
    from airflow.providers.fab.auth_manager.models import Role
    from sqlalchemy import select

    rights = {
        role.name: {(right.action.name, right.resource.name) for right in role.permissions}
        for role in session.scalars(select(Role).order_by(Role.name)).unique()
    }
    return tuple(
        name for name, given in rights.items() if ("can_read", "DAGs") in given and ("can_read", "Plugins") not in given
    )


if __name__ == "__main__":
    main()
