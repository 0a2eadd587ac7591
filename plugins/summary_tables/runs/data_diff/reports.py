"""What becomes of the rows in the three forms of a report: text for a terminal, Markdown for a comment, JSON. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from summary_tables.model.check_run import CheckRun
from summary_tables.model.data_diff import DataDiff
from summary_tables.runs.data_diff.table_data import TableData
from summary_tables.runs.data_diff.table_words import table_headline, table_remarks
from summary_tables.runs.data_diff.tables import table_tables
from summary_tables.text.markdown_text import code, details, fence, prose
from summary_tables.text.visible import escaped, visible

VERSION = 1
NUMBERS = "Numbers and examples"
"""What is folded away behind these words: `table_tables`."""


def data_text(tables: Sequence[TableData]) -> str:
    """For a terminal: each table in words, then in numbers."""
    return "\n".join(map(_text, tables))


def data_items(data: TableData) -> tuple[str, ...]:
    """The items of a list in Markdown, the most important first; `table_tables` is what belongs below them."""
    return (f"- **{prose(table_headline(data))}**", *(f"- {prose(words)}" for words in table_remarks(data)))


def data_title(data: TableData) -> str:
    """`The rows of `analytics.nps_summary``, as Markdown."""
    return f"The rows of {code(data.table)}"


def data_markdown(tables: Sequence[TableData]) -> str:
    """For a comment, or the summary of a job."""
    return "\n\n".join(map(_markdown, tables)) + "\n"


def data_document(tables: Iterable[TableData]) -> list[Mapping[str, Any]]:
    """For programs, one item a table. Values of rows are texts as the warehouse writes them, NULL is null."""
    return [_document(data) for data in tables]


def data_json(tables: Iterable[TableData]) -> str:
    """`data_document` as a document of its own."""
    found = {"version": VERSION, "tables": data_document(tables)}
    return escaped(json.dumps(found, ensure_ascii=False, indent=2)) + "\n"


def _text(data: TableData) -> str:
    lines = [f"{data.table}: {table_headline(data)}", *(f"  {words}" for words in table_remarks(data))]
    details = data.refusal.details.splitlines() if data.refusal else []
    tables = table_tables(data)
    return (
        "\n".join(map(visible, (*lines, *(f"  {line}" for line in details)))) + "\n" + (f"\n{tables}" if tables else "")
    )


def _markdown(data: TableData) -> str:
    tables = table_tables(data)
    folded = f"\n\n{details(NUMBERS, fence(tables, ''))}" if tables else ""
    return "\n".join((f"### {data_title(data)}", "", *data_items(data))) + folded


def _document(data: TableData) -> Mapping[str, Any]:
    return {
        "table": data.table,
        "words": [table_headline(data), *table_remarks(data)],
        "compared_with": data.before or None,
        "before": data.before_words or None,
        "after": data.after_words or None,
        "interval": [moment.isoformat() for moment in data.span] if data.span else None,
        "reads": list(data.reads),
        "rows": data.rows,
        "seconds": round(data.seconds, 3),
        "refused": data.refusal.error if data.refusal else None,
        "columns": [asdict(column) for column in data.columns],
        "profiles": [asdict(profile) for profile in data.profiles],
        "checks": [_check(check) for check in data.checks],
        "diff": diff_document(data.diff) if data.diff else None,
    }


def diff_document(diff: DataDiff) -> Mapping[str, Any]:
    """Two tables that were compared."""
    return {**asdict(diff), "seconds": round(diff.seconds, 3), "same": diff.is_same}


def _check(check: CheckRun) -> Mapping[str, Any]:
    return {
        "step": check.step,
        "name": check.name.label,
        "severity": check.severity,
        "passed": check.passed,
        "expected": check.expected,
        "actual": check.actual,
        "error": check.error or None,
    }
