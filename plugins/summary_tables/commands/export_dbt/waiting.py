"""What a model waits for and does not read: dbt takes a reference in a comment for one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from summary_tables.commands.export_dbt.checks import ExportedChecks
from summary_tables.commands.export_dbt.file_names import is_word, source_name
from summary_tables.commands.export_dbt.query import ExportedQuery
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.configs.table_file import TableFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`unread`: `ref` and `source` of what it waits for beside what its query reads. `late`: what its input checks look
    at and dbt builds behind it, by their full names."""

    unread: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def lines(self) -> str:
        """The comments of the model."""
        return "".join(f"-- depends_on: {{{{ {expression} }}}}\n" for expression in self.unread)

    def remarks(self) -> Iterator[Remark]:
        """What its input checks cannot hold back."""
        for name in self.late:
            message = f"dbt tests {name} when this table is built already: the check does not hold it back"
            yield Remark(path=("input_check",), message=message, level="warning")


def waiting(
    file: TableFile, query: ExportedQuery, checks: ExportedChecks, references: References, earlier: Collection[str]
) -> Waiting:
    """`earlier` are the tables of the folder that are built before that of `file`, by their full names."""
    read = {".".join(source) for source in query.sql.sources} | references.tables(query.sql.models)
    can_wait = {name for name in checks.inputs if name in earlier or _is_source(name, file, references)}
    wanted = can_wait | {name for name in file.config.table.schedule.tables if name in references.models}
    return Waiting(
        unread=tuple(sorted(references.expression(name) for name in wanted - read)),
        late=tuple(sorted(checks.inputs - can_wait - read)),
    )


def _is_source(name: str, file: TableFile, references: References) -> bool:
    """One of which a unit test can give rows, if there are any."""
    source = references.source_of(name)
    return source is not None and ("tests" not in file.data or all(is_word(source_name(name)) for name in source))
