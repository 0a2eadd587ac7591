"""The examples as this project's configs: the files that an analyst would write."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

from benchmarks import examples
from benchmarks.examples import Example


def write(folder: Path, tables: Sequence[Example]) -> None:
    """One file a table, and `defaults.yaml`."""
    folder.mkdir(parents=True)
    (folder / "defaults.yaml").write_text(_DEFAULTS, "utf-8")
    for table in tables:
        (folder / f"{table.table}.yaml").write_text(_config(table), "utf-8")


def _config(table: Example) -> str:
    return (
        f"table: {table.table}\nschema: {examples.SCHEMA}\ndescription: {table.description}\n"
        f'schedule: "{examples.SCHEDULE}"\n\nmain_sql: |\n{indent(table.query, "  ")}\n'
        f"input_check:\n{_checks(table.input_checks)}\noutput_check:\n{_checks(table.output_checks)}"
    )


def _checks(checks: Sequence[tuple[str, int]]) -> str:
    return "".join(f"  - sql: {query}\n    count: {count}\n" for query, count in checks)


_DEFAULTS = f"""\
owner: {examples.OWNER}
conn_id: {examples.CONN_ID}
retries: {examples.RETRIES}
retry_delay_minutes: {examples.RETRY_MINUTES}
timeout_minutes: {examples.TIMEOUT_MINUTES}
"""
