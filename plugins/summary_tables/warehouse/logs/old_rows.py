"""How long the logs remember."""

import logging
from datetime import timedelta

from summary_tables.model.logs import CHECK_LOG, INCIDENT_LOG, MESSAGE_LOG, ROLL_BACK_LOG
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session

KEPT = timedelta(days=400)
"""A year can be compared with the one before it."""

_log = logging.getLogger(__name__)


def prune_logs(session: Session, table: SummaryTable) -> None:
    """Delete what the logs know of a table for longer than `KEPT`, unless it is about a version that still counts.

    What cannot be deleted now is left for the next time: the publish that came before is done and stays done.
    """
    schema, name = table.schema, table.table
    try:
        with session.transaction(*session.sql.locks.limit_lock_waits(), *session.sql.logs.need_no_disk()):
            roll_backs = tables.exists(session, ROLL_BACK_LOG)
            session.execute(session.sql.logs.prune_builds(schema, name, KEPT, roll_backs=roll_backs))
            if tables.exists(session, CHECK_LOG):
                session.execute(session.sql.logs.prune_checks(schema, name, KEPT))
            if tables.exists(session, INCIDENT_LOG) and tables.exists(session, MESSAGE_LOG):
                session.execute(session.sql.incidents.prune_incidents(schema, name, KEPT))
                session.execute(session.sql.incidents.prune_messages(schema, name, KEPT))
    except WarehouseError as error:
        _log.info("Old rows about %s are left in the logs for the next time: %s", table.full_name, error)
