"""Airflow starts, and its database answers."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup


def _findings(setup: Setup) -> Iterator[Finding]:
    if isinstance(setup.airflow, str):
        yield Finding(what=f"Airflow does not start here: {setup.airflow}.", fix="see what `airflow info` says")
        return
    if setup.report is None:
        return
    if (database := setup.report.database) is None:
        what = f"Airflow's database does not answer, or was never set up ({setup.report.database_problem})."
        yield Finding(what=what, fix="airflow db migrate; where that fails, too, [database] sql_alchemy_conn is wrong")
    elif database.kind == "sqlite":
        yield Finding(
            what="Airflow keeps its state in SQLite, which Airflow itself calls fit for trying things out only.",
            fix="name a PostgreSQL in AIRFLOW__DATABASE__SQL_ALCHEMY_CONN, then run: airflow db migrate",
        )


CHECK = Check(name="airflow-answers", group="Airflow", findings=_findings)
