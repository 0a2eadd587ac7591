"""What a pull request says of the rows of a CSV file."""

from datetime import UTC, datetime
from pathlib import Path

from summary_tables.commands.diff.changes import FolderChange, folder_change
from summary_tables.commands.diff.query_test_part import QueryTests
from summary_tables.commands.diff.table_section import table_section
from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.lineage import lineage
from tests.commands.diff.config_folders import folder_of
from tests.golden_files import assert_golden

CONFIG = """\
table: countries
schema: analytics
csv: {file: seeds/countries.csv}
columns:
  - {name: code, type: text}
  - {name: people, type: bigint}
"""
BEFORE = "code,people\nKR,51000000\nDE,83000000\nFR,68000000\n"
AFTER = "code,people\nKR,51700000\nDE,83000000\nFR,68000000\nIT,59000000\n"


def folder(place: Path, rows: str | None, config: str = CONFIG) -> ConfigFolder:
    if rows is not None:
        seeds = place / "dag_configs" / "seeds"
        seeds.mkdir(parents=True)
        (seeds / "countries.csv").write_text(rows)
    return folder_of(place, **({"countries": config} if rows is not None else {}))


def change(place: Path, before: str | None, after: str | None, config: str = CONFIG) -> FolderChange:
    return folder_change(folder(place / "before", before, config), folder(place / "after", after, config))


def said(found: FolderChange) -> str:
    (only,) = found.tables
    after = ConfigFolder(path=Path(), files=(only.file,), problems=(), unreadable=frozenset(), defaults={})
    tests = QueryTests()
    part = table_section(only, lineage(after), tests, datetime(2026, 11, 29, tzinfo=UTC))
    return "\n".join((part.text, *part.items, *map(str, part.folds), ""))


def test_rows_that_change(tmp_path: Path) -> None:
    found = change(tmp_path, BEFORE, AFTER)
    assert found.tables[0].reaches_readers
    assert_golden("diff/csv_rows.md", said(found))


def test_no_row_changes(tmp_path: Path) -> None:
    assert change(tmp_path, BEFORE, BEFORE).is_empty


def test_new_table_and_one_that_is_gone(tmp_path: Path) -> None:
    assert_golden("diff/csv_new.md", said(change(tmp_path / "new", None, BEFORE)))
    assert_golden("diff/csv_gone.md", said(change(tmp_path / "gone", BEFORE, None)))


def test_rows_with_personal_data_are_counted(tmp_path: Path) -> None:
    words = said(change(tmp_path, BEFORE, AFTER, CONFIG.replace("type: bigint", "type: bigint, pii: true")))
    assert "2 rows more and 1 row less" in words
    assert "51" not in words
