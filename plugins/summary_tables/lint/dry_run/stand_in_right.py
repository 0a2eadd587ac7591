"""Whether the role may make the temporary tables that stand for what is not in the warehouse yet."""

from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError

_READ_ONLY_SERVER = "25006"


class StandInRight:
    """`may_make_tables` holds until the warehouse has refused one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_said = False
        self.may_make_tables = True

    def note(self, error: WarehouseError) -> None:
        """A table could not be made because of `error`; where none can be, none is tried again."""
        if self._is_of_all_tables(error):
            self.may_make_tables = False

    def missing_words(self, error: WarehouseError, role: str, database: str) -> str:
        """What to do about it; empty from the second time on. Raises `error` where it is about something else."""
        if not self._is_of_all_tables(error):
            raise error
        if self._is_said:
            return ""
        self._is_said = True
        if error.sqlstate == _READ_ONLY_SERVER:
            return "use the address of the server that is written to, not that of a replica"
        return f"an administrator runs: GRANT TEMPORARY ON DATABASE {identifier(database)} TO {identifier(role)};"

    def _is_of_all_tables(self, error: WarehouseError) -> bool:
        """Not where another right is missing, such as the one for a column's type."""
        if error.sqlstate != INSUFFICIENT_PRIVILEGE:
            return error.sqlstate == _READ_ONLY_SERVER
        asked = "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')"
        return self._connection.execute(asked).fetchone() != (True,)
