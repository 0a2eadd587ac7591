"""dbt is there where a file is about a project of it."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, counted_names
from summary_tables.runs.dbt_build.program import VARIABLE
from summary_tables.text.english import plural


def _findings(setup: Setup) -> Iterator[Finding]:
    projects = [project.config.project.name for project in setup.folder.projects]
    if projects and not setup.has_dbt:
        yield Finding(
            what=f"dbt was not found, by which {counted_names(projects)} {plural(len(projects), 'is', 'are')} built.",
            fix="uv sync --locked --project dbt_environment, which summary-tables init --dbt writes where it is not; "
            f"or {VARIABLE} names the program where Airflow's tasks run",
        )


CHECK = Check(name="dbt-there", group="Versions", findings=_findings)
