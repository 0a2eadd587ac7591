"""For which tables each table waits: those that its query reads, and those that its checks look at beside it."""

from collections.abc import Callable, Iterable, Mapping

from summary_tables.commands.import_dbt.plan import Plan
from summary_tables.dbt.records import Model


def waits(plan: Plan, looked_at: Callable[[Model], Iterable[str]]) -> Mapping[str, frozenset[str]]:
    """By unique id. `looked_at` has what the tests of a table depend on: dbt runs a test when all of it is built.

    What is itself made of the table cannot be waited for: its check sees what was built before.
    """
    found = {table.unique_id: set(_tables(plan, (table.unique_id,), of_query=True)) for table in plan.tables}
    for table in plan.tables:
        for other in sorted(_tables(plan, looked_at(table))):
            if not _leads(found, other, table.unique_id):
                found[table.unique_id].add(other)
    return {unique_id: frozenset(others - {unique_id}) for unique_id, others in found.items()}


def _tables(plan: Plan, unique_ids: Iterable[str], *, of_query: bool = False) -> Iterable[str]:
    """The tables among them, and those behind what is a part of queries."""
    for unique_id in unique_ids:
        node = plan.manifest.nodes.get(unique_id)
        if plan.fate(unique_id) == "table" and not of_query:
            yield unique_id
        elif node:
            yield from (read.unique_id for read in plan.tables_read(node) if plan.fate(read.unique_id) == "table")


def _leads(found: Mapping[str, set[str]], start: str, wanted: str) -> bool:
    """Whether `start` waits for `wanted`, directly or through others, or is it."""
    seen, waiting = {start}, [start]
    while waiting:
        new = found.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return wanted in seen
