"""Files, logs and Airflow together: the catalogue."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from summary_tables.alerts.lateness.facts import Rhythm, TableFacts, World
from summary_tables.alerts.lateness.lateness import Latecomers
from summary_tables.catalog.entry import Catalog, Declaration, Entry
from summary_tables.catalog.failures import failed_at
from summary_tables.catalog.shown_values import without_values
from summary_tables.catalog.state import table_state
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.full_name import OF_PROJECTS, full_name
from summary_tables.model.problem import Problem
from summary_tables.model.table_history import TableHistory

NO_PROJECTS: Final[Mapping[str, str]] = MappingProxyType({})
Histories = Mapping[str, TableHistory]
"""By the full name of the table."""


def catalog(
    declarations: Mapping[str, Declaration],
    histories: Histories | None,
    dags: Mapping[str, DagFacts],
    now: datetime,
    *,
    folder_problems: tuple[Problem, ...] = (),
    warehouse_problem: str = "",
    projects: Mapping[str, str] = NO_PROJECTS,
) -> Catalog:
    """Every table that a file or a log knows. `dags` are by id.

    `projects`: the dbt project that builds a model, by the model's full name. `histories` is None where no warehouse
    was asked, or none answered. Where the tables of a folder are in several warehouses, `catalog_of_warehouses` is for
    you.
    """
    return catalog_of_warehouses(
        declarations,
        dict.fromkeys(_conn_ids(declarations.values()), histories),
        dags,
        now,
        folder_problems=folder_problems,
        warehouse_problem=warehouse_problem,
        projects=projects,
    )


def catalog_of_warehouses(
    declarations: Mapping[str, Declaration],
    histories: Mapping[str, Histories | None],
    dags: Mapping[str, DagFacts],
    now: datetime,
    *,
    folder_problems: tuple[Problem, ...] = (),
    warehouse_problem: str = "",
    projects: Mapping[str, str] = NO_PROJECTS,
) -> Catalog:
    """The same, of `histories` by connection; None, and missing: its warehouse did not answer."""
    logged = {name: history for found in histories.values() if found for name, history in found.items()}
    named = _named(declarations, logged)
    found = {name: _history(declaration, histories, logged, name) for name, declaration in named.items()}
    found |= {name: history for name, history in logged.items() if name not in named}
    of_all = {name: (named.get(name), dags.get(_table(name)), history) for name, history in found.items()}
    facts = {name: table_facts(*known) for name, known in of_all.items() if known[0]}
    late = Latecomers(World(tables={**facts, **facts_of_projects(projects, dags)}, now=now, projects=projects))
    return Catalog(
        entries={name: entry(name, *of_all[name], now, late) for name in sorted(of_all)},
        read_at=now,
        warehouse_problem=warehouse_problem,
        folder_problems=folder_problems,
    )


def table_facts(declaration: Declaration | None, dag: DagFacts | None, history: TableHistory | None) -> TableFacts:
    """What of a table decides whether it is late."""
    config = declaration.config if declaration and not declaration.is_broken else None
    return TableFacts(
        rhythm=Rhythm.of(config.table) if config else None,
        newest=history.newest if history else None,
        dag=dag,
        failed_at=failed_at(dag, history),
        is_asked=history is not None,
    )


def facts_of_projects(projects: Mapping[str, str], dags: Mapping[str, DagFacts]) -> dict[str, TableFacts]:
    """Whether the last run of each dbt project failed, under the name that it has as a table."""
    return {
        full_name(OF_PROJECTS, name): TableFacts(
            dag=dags.get(name), failed_at=failed_at(dags.get(name), None), is_asked=False
        )
        for name in set(projects.values())
    }


def entry(
    full_name: str,
    declaration: Declaration | None,
    dag: DagFacts | None,
    history: TableHistory | None,
    now: datetime,
    late: Latecomers,
) -> Entry:
    """One table, without values that nobody may see. `late` knows it and those that it waits for."""
    shown = without_values(history, declaration) if history else None
    is_known = declaration is not None and (dag is not None or history is not None)
    return Entry(
        full_name=full_name,
        state=table_state(declaration, dag, shown, now, late.of(full_name) if is_known else None),
        declaration=declaration,
        dag=dag,
        history=shown,
    )


def _named(declarations: Mapping[str, Declaration], logged: Histories) -> Mapping[str, Declaration]:
    """By full name also where a file cannot be read, if the logs know one table that is called like it."""
    called: dict[str, list[str]] = {}
    for name in logged:
        if name not in declarations:
            called.setdefault(_table(name), []).append(name)
    found: dict[str, Declaration] = {}
    for name, declaration in declarations.items():
        meant = called.get(name, []) if declaration.config is None and "." not in name else []
        found[meant[0] if len(meant) == 1 else name] = declaration
    return found


def _history(
    declaration: Declaration, histories: Mapping[str, Histories | None], logged: Histories, name: str
) -> TableHistory | None:
    """What the table's own warehouse knows; nothing is known, too, of one that was never built there."""
    if declaration.config is None:
        return logged.get(name)
    found = histories.get(declaration.config.table.conn_id)
    return None if found is None else found.get(name, TableHistory())


def _conn_ids(declarations: Iterable[Declaration]) -> Iterable[str]:
    """Of a folder without a readable file, one that nobody has: what the logs know is shown all the same."""
    return {declaration.config.table.conn_id for declaration in declarations if declaration.config} or {""}


def _table(full_name: str) -> str:
    return full_name.rpartition(".")[2]
