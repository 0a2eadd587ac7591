"""Slack can be told. Nothing is posted."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup


def _findings(setup: Setup) -> Iterator[Finding]:
    for found in setup.slack.values():
        if found.what:
            yield Finding(what=found.what, fix=found.fix)


CHECK = Check(name="slack-reached", group="Connections", findings=_findings)
