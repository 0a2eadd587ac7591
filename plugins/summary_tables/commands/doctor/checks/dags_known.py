"""Airflow has a DAG for every table, and the DAG that looks for late tables runs."""

from collections.abc import Iterator

from summary_tables.commands.doctor.built import built_in
from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, counted_names
from summary_tables.model.watcher import WATCHER, is_watcher


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.report is None or (database := setup.report.database) is None or not setup.files:
        return
    tables = [each.table.table for each in built_in(setup.folder)]
    gone = [name for name in tables if name not in database.known or name in database.stale]
    if not any(map(is_watcher, database.known)):
        gone.append(WATCHER)
    if gone and database.alive.get("DagProcessorJob"):
        yield Finding(
            what=f"Airflow has no DAG {counted_names(gone)}.",
            fix="airflow dags list-import-errors says what is wrong with a file; otherwise wait for the next reading",
        )
    for watcher in filter(is_watcher, database.paused):
        yield Finding(
            what=f"The DAG {watcher} is paused: nobody hears of tables that are late.",
            fix=f"airflow dags unpause {watcher}",
        )


CHECK = Check(name="dags-known", group="Airflow", findings=_findings)
