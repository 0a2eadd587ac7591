"""The cron schedule that a table's file sets itself."""

from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.table_file import TableFile


def own_cron(file: TableFile) -> str:
    """Five fields that Airflow can read; empty where the file has none, plain ones, or something that is refused."""
    text = file.config.table.schedule.cron
    if "schedule" not in file.data or cron.is_plain(text) or cron_mistake.mistake(text):
        return ""
    return text
