"""The Airflow connections that tables name are there, and lead to a warehouse."""

from collections.abc import Iterator

from summary_tables.commands.doctor.ask_warehouse import TYPES
from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, by_tables, tables_by_connection


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.report is None:
        return
    for conn_id, users in sorted(tables_by_connection(setup).items()):
        who = by_tables(users)
        if conn_id in setup.report.unreadable:
            why = setup.report.unreadable[conn_id]
            what = f"Airflow could not look up the connection `{conn_id}`, {who} ({why})."
            yield Finding(what=what, fix=f"see what `airflow connections get {conn_id}` says")
        elif (found := setup.report.connections.get(conn_id)) is None:
            yield Finding(what=f"Airflow has no connection `{conn_id}`, {who}.", fix=_add(conn_id))
        elif found.type not in TYPES:
            what = f"The connection `{conn_id}`, {who}, is of the type `{found.type}` and leads to no warehouse."
            yield Finding(what=what, fix=f"airflow connections delete {conn_id}; {_add(conn_id)}")


def _add(conn_id: str) -> str:
    return f"airflow connections add {conn_id} --conn-uri 'postgresql://builder:PASSWORD@HOST:5432/DATABASE'"


CHECK = Check(name="connections-there", group="Connections", findings=_findings)
