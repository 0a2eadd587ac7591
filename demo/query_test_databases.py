"""What `summary-tables test` finds on its server: empty databases to test in, and the sample tables without rows.

Tests that run at the same time make the same tables, so each connection has a database of its own.
"""

from typing import Final

from demo import sample_data, warehouse
from demo.embedded_postgres import EmbeddedPostgres
from demo.kept_warehouse import Contents
from demo.sample_data import NPS, SESSION_TIMESTAMP, USER_SESSION_CHANNEL

ROLE: Final = "tester"
COUNT: Final = 4
_NAME: Final = "query_tests_{}"


def load(server: EmbeddedPostgres) -> str:
    """Makes the databases; returns the password of `ROLE`, which owns them and may look at the sample tables."""
    password = warehouse.new_password()
    roles = warehouse.set_up(server)
    with server.connect(warehouse.DATABASE, "loader", roles.loader) as session:
        for statement in (USER_SESSION_CHANNEL, SESSION_TIMESTAMP, NPS):
            session.execute(statement)
    with server.connect() as session:
        warehouse.make_role(session, ROLE, password)
        session.execute(f"GRANT CONNECT ON DATABASE {warehouse.DATABASE} TO {ROLE}")
        for number in range(1, COUNT + 1):
            warehouse.make_database(session, _NAME.format(number), owner=ROLE)
    return password


CONTENTS: Final = Contents(
    folder="query_tests",
    database=_NAME.format(1),
    role=ROLE,
    load=load,
    made_by=(__file__, sample_data.__file__, warehouse.__file__),
)
