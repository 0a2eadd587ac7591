"""Builds that were made while the table had another time zone: their days began at other hours."""

from collections.abc import Iterable
from dataclasses import replace

from summary_tables.model.build import Build
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.logs.build_log import zones_of_builds
from summary_tables.warehouse.session.session import Session


def with_zones(session: Session, table: SummaryTable, builds: Iterable[Build]) -> list[Build]:
    """`builds` of `table`, each with the zone in which its run had its dates. Raises `WarehouseError`."""
    zones = zones_of_builds(session, table)
    return [replace(build, timezone=zones.get(build.version, build.timezone)) for build in builds]
