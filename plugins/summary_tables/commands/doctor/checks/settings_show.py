"""Airflow's settings hide nothing that people must see."""

import re
from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, variable

_LOCAL = re.compile(r"//(localhost|127\.|0\.0\.0\.0|\[?::1)")


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.report is None:
        return
    yield from _wrong_switches(setup)
    base_url = setup.setting("api.base_url")
    if setup.slack and (not base_url or _LOCAL.search(base_url)):
        yield Finding(
            what=f"Links in messages lead to {base_url or 'http://localhost:8080'}, which only this machine can open.",
            fix=f"{variable('api.base_url')}=https://airflow.example.com",
        )
    elif setup.slack and not setup.setting("api.instance_name"):
        yield Finding(
            what="Airflow has no name, so that messages do not say which of your Airflows they come from.",
            fix=f"{variable('api.instance_name')}=production",
        )


def _wrong_switches(setup: Setup) -> Iterator[Finding]:
    for setting, what in _SWITCHES.items():
        if setup.setting(setting).lower() == "true":
            yield Finding(what=what, fix=f"{variable(setting)}=False")


_SWITCHES = {
    "core.dagbag_import_error_tracebacks": "What is wrong with a file is shown below a traceback of Python's.",
    "core.load_examples": "Airflow's examples stand among the tables, and are read with them again and again.",
    "core.dags_are_paused_at_creation": "A merged file builds nothing until somebody finds its switch.",
}

CHECK = Check(name="settings-show", group="Airflow's settings", findings=_findings)
