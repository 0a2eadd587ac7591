"""Statements about incidents and messages as they are sent, for both warehouses. Redshift's are parsed, never run."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlglot

from summary_tables.model.incident import Incident, Message, Place
from summary_tables.model.logs import INCIDENT_LOG, MESSAGE_LOG
from summary_tables.model.notice import Fact, Notice, Piece
from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.redshift import dialect as redshift
from summary_tables.sql.statements.statements import Statements
from tests.sql.statements.golden_statements import assert_golden_statements

_NAME = ("analytics", "nps_summary")
_AT = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)
_LATER = _AT + timedelta(days=1)
_AGE = timedelta(days=400)
_INCIDENT = Incident(
    incident_id="7c4f",
    schema="analytics",
    table="nps_summary",
    kind="failed",
    about="build",
    opened_at=_AT,
    seen_at=_AT,
    opened_by="scheduled\\it's",
    causes=("output_check.at_least_12", "failed"),
    reason='Expected only "A", got 채널.',
    failed_runs=1,
    last_run_id="scheduled\\it's",
    live_at=_AT - timedelta(days=1),
    places=(Place(notifier="slack", conn_id="slack_default", mention="<!here>"),),
)
_MESSAGE = Message(
    message_id="a1b2",
    kind="first",
    schema="analytics",
    table="nps_summary",
    place=Place(notifier="slack", conn_id="slack_default", channel="#data", mention="<!here>"),
    notice=Notice(
        sign="❌",
        headline="Output check failed: analytics.nps_summary",
        words="It's 100% C:\\dir",
        facts=(Fact(name="Owner", pieces=(Piece(text="growth"),)),),
        is_urgent=True,
    ),
    recorded_at=_AT,
    incident_id="7c4f",
    owner="growth",
)


def statements(sql: Statements) -> list[str]:
    over = replace(_INCIDENT, failed_runs=5, reminded_at=_LATER, closed_at=_LATER, closed_by="manual")
    return [
        *sql.logs.create_log(INCIDENT_LOG),
        *sql.logs.create_log(MESSAGE_LOG),
        sql.incidents.lock_incidents(*_NAME),
        sql.incidents.open_incidents(),
        sql.incidents.open_incidents_of(*_NAME),
        sql.incidents.recent_incidents(*_NAME, 5),
        sql.incidents.open_incident(_INCIDENT),
        sql.incidents.change_incident(over),
        sql.incidents.log_message(_MESSAGE),
        sql.incidents.log_message(replace(_MESSAGE, told_at=_AT, thread="C1:1.2")),
        *sql.incidents.claim("me", _LATER, _AT, 100),
        sql.incidents.claimed("me"),
        sql.incidents.untold(),
        sql.incidents.mark_told("a1b2", "me", "C1:1.2", _LATER),
        sql.incidents.mark_problem("a1b2", "me", "HTTP 500", _LATER),
        sql.incidents.mark_given_up("a1b2", "me", "HTTP 404", _LATER),
        sql.incidents.release("me"),
        sql.incidents.prune_incidents(*_NAME, _AGE),
        sql.incidents.prune_messages(*_NAME, _AGE),
    ]


def test_postgres() -> None:
    assert_golden_statements("postgres_incidents", statements(postgres.statements("summary_tables")))


def test_redshift() -> None:
    sent = statements(redshift.statements("summary_tables"))
    assert_golden_statements("redshift_incidents", sent)
    for statement in sent:
        assert sum(tree is not None for tree in sqlglot.parse(statement, read="redshift")) == 1
    unknown = ("INDEX", "pg_advisory", " E'", "SKIP LOCKED", "ARRAY")
    assert [(word, statement) for word in unknown for statement in sent if word in statement] == []
