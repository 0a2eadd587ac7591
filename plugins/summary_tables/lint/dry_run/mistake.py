"""What is wrong with a query, by its place in the SQL that the server got; and what words are made from."""

from dataclasses import dataclass

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.catalog import Catalog
from summary_tables.lint.dry_run.query import AskedQuery, WrittenName
from summary_tables.lint.dry_run.refusal import Refusal
from summary_tables.model.problem import Finding, Level, Span


def mistake_at(name: WrittenName, rule: str, message: str, fix: str = "", level: Level = "error") -> Finding[Span]:
    """The mistake is `name`."""
    return Finding(rule=rule, level=level, message=message, fix=fix, place=Span(name.offset, len(name.text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A query that the server does not take, and all that helps to say why."""

    refusal: Refusal
    query: AskedQuery
    catalog: Catalog
    file: TableFile
    folder: ConfigFolder

    @property
    def offset(self) -> int:
        """The place that the server names; the query's beginning where it names none."""
        return self.refusal.offset or 0

    @property
    def warehouse(self) -> str:
        """What the warehouse is called."""
        return self.file.dialect.title


def listed(names: tuple[str, ...], most: int = 12) -> str:
    """`` `a`, `b` and 3 more``."""
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
