"""What the file of a table says, for a command that asks the warehouse about the table, where the file is at hand."""

from pathlib import Path

from summary_tables.configs import config
from summary_tables.model.problem import ConfigError
from summary_tables.model.table import SummaryTable

_FOLDER = Path(config.FOLDER.name)


def as_in_its_file(table: SummaryTable) -> SummaryTable:
    """`table` as `dag_configs/` describes it here; as it is where no readable file does."""
    if not (_FOLDER / f"{table.table}.yaml").is_file():
        return table
    try:
        found = config.read(table.table, _FOLDER).table
    except ConfigError:
        return table
    return found if found.full_name == table.full_name else table
