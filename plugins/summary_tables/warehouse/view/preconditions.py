"""What is never published, whatever the table's strategy."""

from summary_tables.model.build import Build, RollBack
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import moment_text
from summary_tables.warehouse.live_table import LiveTable
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.dropped_version import dropped_words, stands


def refuse_foreign(table: SummaryTable, live: LiveTable) -> None:
    """Raise `WarehouseError` if something that is not ours stands under the table's name."""
    if live.kind == "other":
        raise WarehouseError(
            f"{table.full_name} is {live.what}; publishing would destroy it, so it was left alone. "
            "Rename or drop it in the warehouse, or give the summary table another name, and run again."
        )


def require_version(session: Session, table: SummaryTable, build: Build) -> None:
    """Raise `WarehouseError` if the version of `build` does not stand any more."""
    if not stands(session, build.version):
        raise WarehouseError(dropped_words(table, build))


def refuse_rolled_back(table: SummaryTable, build: Build, roll_back: RollBack | None) -> None:
    """Raise `WarehouseError` if a person rolled the table back since `build` was published.

    A publish that is tried again, e.g. after the reply to COMMIT was lost, must not undo that.
    """
    if build.published_at is None or roll_back is None:
        return
    raise WarehouseError(
        f"This build of {table.full_name} has been published, and {roll_back.role} rolled the table back from it at "
        f"{moment_text(table.timezone, roll_back.at)}; it stays rolled back. Run the table again, or undo the "
        "roll-back: "
        f"summary-tables rollback {table.full_name} --to {build.applied_to or build.version}"
    )
