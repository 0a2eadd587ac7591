"""Which version somebody means who wants to roll back. Pure."""

import re
from collections.abc import Sequence
from datetime import UTC

from summary_tables.model.table import SummaryTable
from summary_tables.model.version import Version
from summary_tables.text.moments import due_text, local, moment_text
from summary_tables.text.written_moment import moments_written
from summary_tables.warehouse.history.versions import shown_at
from summary_tables.warehouse.session.errors import WarehouseError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HAS_SECONDS = re.compile(r"\d\d:\d\d:\d\d")


def live_version(versions: Sequence[Version]) -> Version | None:
    """The one that readers see."""
    return next((version for version in versions if version.state == "live"), None)


def version_before(table: str, versions: Sequence[Version]) -> Version:
    """What readers saw before the live version; the live one itself where the table is rolled back already.

    `versions` are those of `table`, newest first. Raises `WarehouseError` where there is none.
    """
    live = live_version(versions)
    if live is None:
        raise WarehouseError(
            f"Readers of {table} see no build of ours now, so there is nothing to roll back from. "
            "Run the table in Airflow: it publishes a new build."
        )
    if live.roll_back:
        return live
    earlier = [v for v in versions if v.state in ("published", "before") and shown_at(v.build) < shown_at(live.build)]
    if not earlier and live.grows:
        raise WarehouseError(
            f"What single runs added to {table} cannot be taken out again, and no whole build from before stands in "
            "the warehouse. To build all of it anew, start a run in Airflow with the configuration "
            '{"full_refresh": true}; to build some days anew, start a backfill of them.'
        )
    if not earlier:
        raise WarehouseError(
            f"No version of {table} that was published before the live one stands in the warehouse, "
            "so there is nothing to roll back to."
        )
    return earlier[0]


def version_of_run(table: SummaryTable, versions: Sequence[Version], text: str) -> Version:
    """The version of the run that `text` names: its id, the moment or day it was due, or the version's own name.

    Raises `WarehouseError` where there is none, or more than one.
    """
    name = table.full_name
    named = versions_named(versions, text, table.timezone)
    found = [version for version in named if version.can_be_shown]
    if len(found) == 1:
        return found[0]
    if found:
        built = [(version, moment_text(table.timezone, version.built_at)) for version in found]
        lines = "".join(f"\n  {version.build.version}  (built {at}, {version.state})" for version, at in built)
        raise WarehouseError(f'"{text}" means {len(found)} versions of {name}. Name one of them:{lines}')
    if any(version.state == "added" for version in named):
        raise WarehouseError(
            f'The run that "{text}" names added its rows to {name}; they are a part of it and cannot be shown by '
            "themselves. Only a whole build can be."
        )
    if named:
        raise WarehouseError(
            f'The build of {name} that "{text}" names was never published: it failed a check, or was stopped. '
            "Only what readers have seen can be shown to them again."
        )
    raise WarehouseError(_nothing_of_that_name(table, versions, text))


def versions_named(versions: Sequence[Version], text: str, zone: str) -> list[Version]:
    """Those of the run that `text` names, whatever has become of them; without a zone, times are those of `zone`."""
    text = text.strip()
    exactly = [version for version in versions if _is_meant(version, text, zone)]
    return exactly or [version for version in versions if _is_of_the_minute(version, text, zone)]


def _nothing_of_that_name(table: SummaryTable, versions: Sequence[Version], text: str) -> str:
    known = [v for v in versions if v.can_be_shown]
    lines = "".join(f"\n  {due_text(table.timezone, v.build.run_at)}  {v.build.run_id}".rstrip() for v in known)
    standing = f" These can be shown:{lines}" if lines else ""
    return f'No version of {table.full_name} that stands in the warehouse is of the run "{text}".{standing}'


def _is_meant(version: Version, text: str, zone: str) -> bool:
    build = version.build
    if text in (build.run_id, build.version):
        return bool(text)
    if _DAY.fullmatch(text):
        return local(zone, build.run_at).date().isoformat() == text
    run_at = build.run_at.astimezone(UTC).replace(microsecond=0)
    return run_at in [moment.replace(microsecond=0) for moment in moments_written(text, zone)]


def _is_of_the_minute(version: Version, text: str, zone: str) -> bool:
    """The catalogue shows moments without seconds; a run that was started by hand was due at some second."""
    moments = () if _HAS_SECONDS.search(text) else moments_written(text, zone)
    return version.build.run_at.astimezone(UTC).replace(second=0, microsecond=0) in moments
