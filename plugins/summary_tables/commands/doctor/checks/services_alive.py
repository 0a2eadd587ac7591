"""The services of Airflow that tables need give signs of life."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup

_SERVICES = {
    "SchedulerJob": ("scheduler", "airflow scheduler"),
    "DagProcessorJob": ("DAG processor", "airflow dag-processor"),
    "TriggererJob": ("triggerer", "airflow triggerer"),
}


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.report is None or setup.report.database is None:
        return
    for job, (called, command) in _SERVICES.items():
        if job == "TriggererJob" and not setup.waits_in_triggerer:
            continue
        if not setup.report.database.alive.get(job):
            needs = ", which tables need that wait for others" if job == "TriggererJob" else ""
            yield Finding(what=f"Airflow's {called} gives no sign of life{needs}.", fix=f"start it: {command}")


CHECK = Check(name="services-alive", group="Airflow", findings=_findings)
