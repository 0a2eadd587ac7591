"""What a folder has built: its tables, and dbt projects, which are connected, scheduled and told of as tables are."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.configs.folder import ConfigFolder
from summary_tables.model.table import SummaryTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """`name` is what people call it. Of a dbt project, `table` stands for it."""

    name: str
    table: SummaryTable


def built_in(folder: ConfigFolder) -> Iterator[Built]:
    """By the files that can be read."""
    for file in folder.files:
        yield Built(name=file.full_name, table=file.config.table)
    for project in folder.projects:
        table = project.config.as_table.table
        yield Built(name=table.full_name, table=table)
