"""A session inside one transaction that will be rolled back: what would be a transaction in it is a savepoint."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace

from summary_tables.model.table import NO_LIMITS, Limits
from summary_tables.sql.statements.session import UTC
from summary_tables.warehouse.session.session import Session

_SAVEPOINT = "SAVEPOINT summary_tables_preview"
# Released, too: one of the same name around it is then the innermost again.
_UNDO = "ROLLBACK TO SAVEPOINT summary_tables_preview; RELEASE SAVEPOINT summary_tables_preview"
_KEEP = "RELEASE SAVEPOINT summary_tables_preview"


class ScratchSession(Session):
    """Whatever fails in one of its transactions leaves what came before it as it was."""

    @contextmanager
    def opened(self, limits: Limits = NO_LIMITS, *, shows_values: bool = True, zone: str = UTC) -> Iterator[Session]:  # noqa: ARG002 - OpenSession's shape
        """For one step of the run: what it fails with leaves the transaction as it was. Its limits hold already."""
        with self.savepoint(), self.in_zone(zone) as session:
            yield replace(session, shows_values=shows_values)

    @contextmanager
    def transaction(self, *first: str, read_only: bool = False, keep: bool = True) -> Iterator[None]:
        """RELEASE at the end, or back to the savepoint if something is raised or nothing is to be kept."""
        self.execute(_SAVEPOINT)
        try:
            if read_only:
                self.execute("SET TRANSACTION READ ONLY")
            self.execute_all(first)
            yield
            self.execute(_KEEP if keep else _UNDO)
        except Exception:
            if not self.connection.closed:
                self.execute(_UNDO)
            raise


@contextmanager
def scratch_session(session: Session) -> Iterator[ScratchSession]:
    """Rolled back at its end, whatever happens: nothing that is done in it is ever seen by anybody else.

    A process or a backend that is killed in it rolls it back, too.
    """
    same = {field.name: getattr(session, field.name) for field in fields(session)}
    scratch = ScratchSession(**same)
    with session.transaction(keep=False):
        yield scratch
