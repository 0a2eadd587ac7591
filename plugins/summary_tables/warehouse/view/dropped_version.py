"""What is said of a build whose version has been dropped: what became of it, and what to do."""

from summary_tables.model.build import Build
from summary_tables.model.increment import interval_text
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import moment_text
from summary_tables.warehouse.logs.build_log import find_build, log_exists
from summary_tables.warehouse.session.session import Session

_AGAIN = "clear `create` of this run in Airflow."


def why_dropped(session: Session, table: SummaryTable, version: str) -> str:
    """What became of `version`, which somebody wants to check; empty if it stands or is not known.

    Raises `WarehouseError`.
    """
    if stands(session, version) or not log_exists(session):
        return ""
    build = find_build(session, table.schema, table.table, version)
    return dropped_words(table, build) if build else ""


def stands(session: Session, version: str) -> bool:
    """Is the version still in the warehouse?"""
    return bool(session.rows(session.sql.catalog.relation(session.warehouse.versions_schema, version)))


def dropped_words(table: SummaryTable, build: Build) -> str:
    """Plain sentences about a build of `table` whose version does not stand any more."""
    if build.published_at is None:
        return (
            f"What this run built of {table.full_name} has been dropped without having been published: it failed or "
            f"waited for too long, and newer builds followed. To build it once more, {_AGAIN}"
        )
    published = moment_text(table.timezone, build.published_at)
    if build.applied_to not in (None, build.version):
        return (
            f"The rows of this run, that of {interval_text(table.timezone, build)}, were added to {table.full_name} "
            f"at {published}, "
            "and what had been built of them beside the table is gone: nothing is left to be checked or published. "
            f"To build, check and add them once more, {_AGAIN}"
        )
    return (
        f"This build of {table.full_name} was published at {published} and has been dropped since, as newer ones "
        f"followed: nothing is left to be checked or published. To build it once more, {_AGAIN}"
    )
