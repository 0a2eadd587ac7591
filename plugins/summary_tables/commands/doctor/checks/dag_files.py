"""The files that make DAGs of the configs lie where Airflow looks for them."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, variable


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.files is None:
        return
    for name, without in _WITHOUT.items():
        if name not in setup.files:
            where = setup.setting("core.dags_folder")
            fix = f"summary-tables init in the repository, and {variable('core.dags_folder')} names its folder dags/"
            yield Finding(what=f"There is no {name} below {where}: {without}.", fix=fix)


_WITHOUT = {
    "summary_table_dags.py": "no table has a DAG",
    "config_problems.py": "nobody sees what is wrong with a file",
    "summary_tables_watch.py": "nobody hears of tables that are late",
}

CHECK = Check(name="dag-files", group="Airflow", findings=_findings)
