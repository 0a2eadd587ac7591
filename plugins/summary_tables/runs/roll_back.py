"""A run that somebody starts in Airflow to roll back: it builds nothing and publishes an earlier build again.

It is asked for in the configuration of the run, which Airflow's trigger form fills in.
"""

from collections.abc import Mapping

from summary_tables.configs.config import Config
from summary_tables.model.table import SummaryTable
from summary_tables.model.version import Version
from summary_tables.runs.missing_rows import missing_words
from summary_tables.runs.run_configuration import ROLL_BACK_TO, asked
from summary_tables.text.moments import due_text
from summary_tables.warehouse.history.roll_back import RolledBack, roll_back
from summary_tables.warehouse.history.target import version_of_run
from summary_tables.warehouse.history.versions import versions_of_table
from summary_tables.warehouse.session.driver import Connection


def wanted_roll_back(configuration: Mapping[str, object] | None) -> str:
    """The run whose build is to be published again; empty for a run that builds. Blanks and `_` in the key are free."""
    return asked(configuration, ROLL_BACK_TO)


def wanted_version(connection: Connection, config: Config, run: str) -> Version:
    """The version of the run that is meant. Raises `WarehouseError`."""
    table = config.table
    return version_of_run(table, versions_of_table(connection, table, config.settings.warehouse), run)


def publish_again(connection: Connection, config: Config, version: str, user: str | None) -> RolledBack:
    """Roll the table back to `version` in the name of `user` of Airflow. Raises `WarehouseError`."""
    by = f"{user} (Airflow)" if user else ""
    return roll_back(connection, config.table, config.settings.warehouse, version, by=by)


def done_words(table: SummaryTable, done: RolledBack) -> str:
    """For the log of the run that rolled back."""
    before, after = (due_text(table.timezone, build.run_at) for build in (done.before, done.after))
    missing = f" {missing_words(table, done.missing)}" if done.missing else ""
    if done.before == done.after:
        return f"Readers see the build of {after} already.{missing}"
    return f"Readers saw the build of {before} and now see that of {after}.{missing}"
