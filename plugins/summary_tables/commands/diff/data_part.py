"""What becomes of the rows of the tables that a branch changes, as parts of the comment."""

from collections.abc import Iterator, Mapping

from summary_tables.commands.diff.cut import Fold, Importance, Part
from summary_tables.runs.data_diff.reports import NUMBERS, data_items, data_title
from summary_tables.runs.data_diff.table_data import TableData
from summary_tables.runs.data_diff.tables import table_tables
from summary_tables.text.markdown_text import code, prose


def data_part(data: TableData) -> Part:
    """For the comment."""
    numbers = table_tables(data)
    return Part(
        text=f"### {data_title(data)}",
        items=data_items(data),
        folds=(Fold(summary=NUMBERS, text=numbers, language=""),) if numbers else (),
        name=f"the rows of {code(data.table)}",
        importance=Importance.DATA,
    )


def data_warnings(rows: Mapping[str, TableData]) -> Iterator[str]:
    """What a reviewer must not miss, as items of a list."""
    for data in rows.values():
        for check in data.failed_checks:
            reason = check.error or f"expected {check.expected}, got {check.actual}."
            step = check.step.partition("_")[0]
            words = f"would not be published: the {step} check {code(check.name.label)} fails"
            yield f"- {code(data.table)} {words}: {prose(reason)}"
