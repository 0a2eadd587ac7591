"""The plugin of Summary Tables where the library only lies here: an installed one brings its own."""

from importlib.metadata import PackageNotFoundError, distribution

try:
    _is_installed = bool(distribution("summary-tables").entry_points.select(group="airflow.plugins"))
except PackageNotFoundError:
    _is_installed = False

if not _is_installed:
    from summary_tables.airflow.plugin import SummaryTablesPlugin as SummaryTablesPlugin
