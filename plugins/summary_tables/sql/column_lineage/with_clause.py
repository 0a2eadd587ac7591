"""The queries of WITH."""

from collections.abc import Callable, Mapping

from summary_tables.sql.column_lineage.relation import Relation


class Cte:
    """A query of a WITH, read when it is first named."""

    def __init__(self, read: Callable[[], Relation]) -> None:
        self._read = read
        self._relation: Relation | None = None
        self.in_itself: Relation | None = None
        """What its own name means inside a recursive one while that is read."""
        self.names_itself = False

    @property
    def relation(self) -> Relation:
        if self.in_itself is not None:
            self.names_itself = True
            return self.in_itself
        if self._relation is None:
            self._relation = self._read()
        return self._relation


Ctes = Mapping[str, Cte]
