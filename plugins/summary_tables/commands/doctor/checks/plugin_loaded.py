"""Airflow has loaded the plugin, and who sees DAGs sees the catalogue."""

import shlex
from collections.abc import Iterator, Mapping

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, variable
from summary_tables.text.english import listed, plural


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.report is None:
        return
    if "summary_tables" not in setup.report.plugins:
        yield Finding(
            what="Airflow has not loaded the plugin of Summary Tables: new tables do not start at once, runs have no "
            f"notes, and there is no catalogue{_why(setup.report.plugin_errors)}.",
            fix='pip install "summary-tables[airflow]" for every service, or name the folder plugins/ in '
            f"{variable('core.plugins_folder')}; then start the services anew",
        )
    if setup.report.database and (roles := setup.report.database.without_plugins):
        yield Finding(
            what=f"In Airflow's UI nobody with the {plural(len(roles), 'role')} {listed(roles)} sees the way to the "
            "catalogue.",
            fix=f"airflow roles add-perms {' '.join(map(shlex.quote, roles))} --action can_read --resource Plugins",
        )


def _why(errors: Mapping[str, str]) -> str:
    ours = next((error for path, error in errors.items() if "summary_tables" in path), "")
    return f" ({ours.splitlines()[0]})" if ours else ""


CHECK = Check(name="plugin-loaded", group="Airflow", findings=_findings)
