"""Tables that read each other, built one behind the other in one scratch.

`Chain` is for whoever builds several: a preview with what its file reads, or all that a branch changes. Of each table
the steps are those of any run, on `chain.run(run)`; once it is filled and looked at, `chain.keep(name)` has those that
follow read it. In the order in which they read each other, with sessions of one `scratch_session`:

    with scratch_session(session) as scratch:
        chain = Chain(scratch)
        for run in runs:
            run = chain.run(run)
            filled = build(run, main_sql_as_rendered, fill)
            checks = checked(run, "output_check", scratch_table(scratch))
            relation = chain.keep(run.table.full_name)

Nobody else sees any of it, and all of it is gone with the scratch.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from summary_tables.model.failure import Refusal
from summary_tables.runs.run import Run
from summary_tables.runs.scratch.scratch_session import ScratchSession
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.sql.statements.copying import COPY
from summary_tables.sql.table_names import with_relations

_UNREADABLE = (
    "The query cannot be told to read {tables} as built in the preview: PostgreSQL's grammar, which finds the names in "
    "it, does not know what to make of it."
)


class Chain:
    """What has been built in `scratch` so far, for those that are built next.

    Two chains in one scratch, e.g. of what was and of what will be, need another `name` each.
    """

    def __init__(self, scratch: ScratchSession, name: str = COPY) -> None:
        self._scratch = scratch
        self._name = name
        self._relations: dict[str, str] = {}

    @property
    def relations(self) -> Mapping[str, str]:
        """The temporary table, as SQL writes it, of each table that is kept, by its full name."""
        return self._relations

    def run(self, run: Run) -> Run:
        """`run` in the scratch: all its queries, those of checks among them, read the tables that are kept."""
        dialect = run.config.dialect
        opened = partial(self._scratch.opened, zone=run.table.timezone)
        return replace(run, open_session=opened, reading=lambda sql: self.reading(sql, dialect))

    def reading(self, sql: str, dialect: Dialect) -> str | Refusal:
        """`sql`, a query as it is sent, with the tables that are kept in place of those of the warehouse."""
        found = with_relations(sql, dialect, self._relations)
        return Refusal(error=_UNREADABLE.format(tables=", ".join(self._relations))) if found is None else found

    def keep(self, table: str) -> str:
        """Names what the scratch was just filled with, so that the next table can be built; returns the relation.

        `table` is the full name. Raises `WarehouseError`.
        """
        name = f"{self._name}_{len(self._relations) + 1}"
        self._scratch.execute(f"ALTER TABLE {qualified('pg_temp', COPY)} RENAME TO {identifier(name)}")
        self._relations[table] = qualified("pg_temp", name)
        return self._relations[table]
