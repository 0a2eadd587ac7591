"""Python and the warehouse know the time zones of the tables."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from summary_tables.commands.doctor.ask_warehouse import zones
from summary_tables.commands.doctor.built import built_in
from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup


def _findings(setup: Setup) -> Iterator[Finding]:
    for zone in sorted(zones(each.table for each in built_in(setup.folder))):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            what = f"Python knows no time zone {zone}, which a file names."
            yield Finding(what=what, fix="pip install --upgrade tzdata; or correct the name in the file")
    for _, answer in setup.answers.values():
        for zone in answer.unknown_zones:
            what = f"The warehouse knows no time zone {zone}, which a file names."
            yield Finding(what=what, fix="upgrade tzdata on the warehouse's machine; or correct the name in the file")


CHECK = Check(name="zones-known", group="Clocks and zones", findings=_findings)
