"""Each warehouse answers."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, Unreachable


def _findings(setup: Setup) -> Iterator[Finding]:
    for found in setup.warehouses.values():
        if isinstance(found.answer, Unreachable):
            what = f"{found.called} does not lead to the warehouse: {found.answer.why}."
            yield Finding(what=what, fix=_fix(found.answer.why))


def _fix(why: str) -> str:
    return next((fix for words, fix in _FIXES if words in why), _ELSE)


_ELSE = "see whether the warehouse runs, and whether this machine may reach it"
_FIXES = (
    (
        "user or the password",
        "give the connection the user and the password of the role that builds; ALTER ROLE gives it another one",
    ),
    (
        "does not know the user",
        "have an administrator run: CREATE ROLE builder LOGIN PASSWORD '...'; see docs/installing.md",
    ),
    ("no database of that name", "correct the name of the database in the connection (its field Schema, in Airflow)"),
    ("host is unknown", "correct the host in the connection"),
    ("nothing listens", "correct host and port in the connection, or start the warehouse"),
    ("no answer", "let this machine reach the warehouse: a firewall or a VPN may drop what it does not know"),
    ("no free connection", "raise max_connections of the server, or end sessions that nobody needs"),
    ("let this machine in", "add a line for this machine to the server's pg_hba.conf, and reload it"),
)

CHECK = Check(name="warehouse-reached", group="Connections", findings=_findings)
