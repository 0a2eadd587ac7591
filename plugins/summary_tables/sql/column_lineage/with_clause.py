"""The queries of WITH."""

from collections.abc import Callable, Mapping, Sequence

from summary_tables.sql.column_lineage import relation
from summary_tables.sql.column_lineage.origins import NotToldError, joined
from summary_tables.sql.column_lineage.relation import Relation
from summary_tables.sql.column_lineage.scope import Scope
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.dialects.postgres.parse_tree import Node


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

Select = Callable[[Node, Ctes, Scope | None], Relation]
"""Reads a query with what WITH and FROM around it give."""


class WithClause:
    """Reads that of any query of a text. `select` reads its queries."""

    def __init__(self, select: Select) -> None:
        self._select = select

    def read(self, clause: Node, around: Ctes, outer: Scope | None) -> Ctes:
        """Those of the clause, and those `around` it that they do not hide."""
        found = dict(around)
        is_recursive = bool(clause.get("recursive"))
        for node in clause.get("ctes", ()):
            body = node["CommonTableExpr"]
            # A name inside means what stands before it; in WITH RECURSIVE any of the clause.
            seen = found if is_recursive else dict(found)
            found[body["ctename"]] = self._cte(body, seen, outer, is_recursive=is_recursive)
        return found

    def _cte(self, body: Node, seen: Ctes, outer: Scope | None, *, is_recursive: bool) -> Cte:
        def read() -> Relation:
            select = body["ctequery"].get("SelectStmt")
            if select is None or "search_clause" in body or "cycle_clause" in body:
                raise NotToldError(f"`{body['ctename']}` of WITH is more than a query")
            names = names_in(body.get("aliascolnames", ()))
            if not is_recursive:
                return self._select(select, seen, outer).renamed(names)
            return self._recursive(cte, select, names, seen, outer)

        cte = Cte(read)
        return cte

    def _recursive(self, cte: Cte, select: Node, names: Sequence[str], seen: Ctes, outer: Scope | None) -> Relation:
        """One that names itself: each of its columns is made of all that any of them is made of."""
        if "larg" not in select:
            cte.in_itself = Relation()
            found = self._select(select, seen, outer)
        else:
            inner = self.read(select.get("withClause", {}), seen, outer)
            cte.in_itself = Relation()
            first = self._select(select["larg"], inner, outer).renamed(names)
            cte.in_itself = relation.of_one_origin(
                [column.name for column in first.columns],
                joined((first.everything, first.rows, first.order)),
                rows=first.rows,
                are_all=not first.hidden,
            )
            found = self._select(select, seen, outer)
        cte.in_itself = None
        if not cte.names_itself:
            return found.renamed(names)
        if found.hidden:
            raise NotToldError("a recursive query passes on columns that nobody knows")
        renamed = found.renamed(names)
        every = joined((renamed.everything, renamed.rows, renamed.order))
        return relation.of_one_origin((column.name for column in renamed.columns), every, rows=every, are_all=True)
