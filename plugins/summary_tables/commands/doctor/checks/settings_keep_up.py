"""Airflow has the time to read all files, and the room to build more than one table."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, variable
from summary_tables.text.english import counted

_SECONDS_A_TABLE = 0.12
"""Reading one for the first time, on a busy machine: docs/running.md."""

_SHORTEST = 50
"""Airflow's own time, which does for some hundred tables."""

_MANY = 3000
_MOST_UNSEEN = 600


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.report is None:
        return
    tables = len(setup.folder.files)
    yield from _reading(setup, tables)
    interval = _seconds(setup, "dag_processor.min_file_process_interval")
    if tables >= _MANY and interval < 300:
        yield Finding(
            what=f"{tables:,} files are read again every {interval:.0f} seconds, which takes a core all of the time.",
            fix=f"{variable('dag_processor.min_file_process_interval')}=300",
        )
    elif interval > _MOST_UNSEEN:
        yield Finding(
            what=f"A merged file becomes a DAG only after {interval / 60:.0f} minutes.",
            fix=f"{variable('dag_processor.min_file_process_interval')}=300",
        )
    if setup.setting("core.parallelism") == "1":
        yield Finding(
            what="Airflow runs one task at a time: a table that takes an hour lets all others wait.",
            fix=f"{variable('core.parallelism')}=4",
        )


def _reading(setup: Setup, tables: int) -> Iterator[Finding]:
    timeout = _seconds(setup, "dag_processor.dag_file_processor_timeout")
    needed = max(_SHORTEST, 10 * round(tables * _SECONDS_A_TABLE / 10))
    if timeout < needed:
        yield Finding(
            what=f"Airflow gives the reading of {counted(tables, 'file')} {timeout:.0f} seconds, and hides all tables "
            "when that is too little.",
            fix=f"{variable('dag_processor.dag_file_processor_timeout')}={needed}",
        )
    longest = max(timeout, needed)
    if longest > _SHORTEST and _seconds(setup, "dag_processor.stale_dag_threshold") < 3 * longest:
        yield Finding(
            what="One reading that is killed hides tables: Airflow forgets them before the next one ends.",
            fix=f"{variable('dag_processor.stale_dag_threshold')}={3 * longest:.0f}",
        )


def _seconds(setup: Setup, name: str) -> float:
    try:
        return float(setup.setting(name))
    except ValueError:
        return float(_SHORTEST)


CHECK = Check(name="settings-keep-up", group="Airflow's settings", findings=_findings)
