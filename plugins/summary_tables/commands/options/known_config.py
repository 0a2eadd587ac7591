"""What the file of a table says, for a command that asks the warehouse about the table, where the file is at hand."""

from summary_tables.commands.options.folder_option import configs_here
from summary_tables.configs import config
from summary_tables.model.problem import ConfigError
from summary_tables.model.table import SummaryTable


def as_in_its_file(table: SummaryTable) -> SummaryTable:
    """`table` as `dag_configs/` describes it here; as it is where no readable file does."""
    folder = configs_here()
    if not (folder / f"{table.table}.yaml").is_file():
        return table
    try:
        found = config.read(table.table, folder).table
    except ConfigError:
        return table
    return found if found.full_name == table.full_name else table
