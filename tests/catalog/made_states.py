"""The state of one table, beside others of which only is known when they were published last."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from summary_tables.alerts.lateness.facts import TableFacts, World
from summary_tables.alerts.lateness.lateness import Latecomers
from summary_tables.catalog.assemble import entry, table_facts
from summary_tables.catalog.entry import Declaration, TableState
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.table_history import TableHistory
from tests.catalog.made_histories import build

NAME = "analytics.nps"
NO_OTHERS: Mapping[str, datetime] = MappingProxyType({})


def state_of(
    declared: Declaration | None,
    dag: DagFacts | None,
    history: TableHistory | None,
    now: datetime,
    published_at: Mapping[str, datetime] = NO_OTHERS,
) -> TableState:
    """`published_at`: when readers last got something new of others, by full name."""
    facts = {name: TableFacts(newest=build(moment, published_at=moment)) for name, moment in published_at.items()}
    if declared:
        facts[NAME] = table_facts(declared, dag, history)
    return entry(NAME, declared, dag, history, now, Latecomers(World(tables=facts, now=now))).state
