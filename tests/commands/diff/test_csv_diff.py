"""What a pull request says of the rows of a CSV file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (BEFORE, BEFORE + "KR,51000000\nKR,51000000\n", "2 rows more"),
        (BEFORE + "KR,51000000\n", BEFORE, "1 row less"),
        (BEFORE, "code,people\nFR,68000000\nDE,83000000\nKR,51000000\n", "the same rows in another order"),
        (BEFORE, BEFORE.replace("\n", "\r\n"), "the same rows, written in another way"),
        (BEFORE, BEFORE.replace("KR", '"KR"') + ",\n", "the same rows, written in another way"),
        ("code,people\nKR,1\n", "people,code\n1,KR\n", "the same rows, written in another way"),
        (BEFORE, BEFORE + '"more\nlines\n\u2028",1\n', "1 row more"),
        (BEFORE, BEFORE.replace("people", "persons"), "3 rows more and 3 rows less"),
        (BEFORE, BEFORE + "IT\n", "1 row more"),
        (BEFORE, BEFORE + '"IT,1\n', 'the file cannot be read: line 5 has a cell that begins with `"`, which nothing '
         "closes"),
        (BEFORE, "", "the file cannot be read: it is empty"),
        ("", BEFORE, "3 rows; before, the file cannot be read: it is empty"),
    ],
    ids=lambda _: "",
)  # fmt: skip
def test_rows_are_told_truly(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert f"- **Rows of `seeds/countries.csv`** (new: {words})\n" in said(change(tmp_path, before, after))


def test_lines_that_move_are_counted(tmp_path: Path) -> None:
    after = "code,people\nDE,83000000\nKR,51000000\nFR,68000000\n"
    assert "what changes (2 lines that differ)" in said(change(tmp_path, BEFORE, after))


QUERY = "table: countries\nschema: analytics\nmain_sql: SELECT 'KR' AS code, 1 AS people\n"


def test_no_rows_change_where_there_is_no_file(tmp_path: Path) -> None:
    for number, (before, after) in enumerate(((CONFIG, QUERY), (QUERY, CONFIG))):
        place = tmp_path / str(number)
        words = said(folder_change(folder(place / "before", BEFORE, before), folder(place / "after", BEFORE, after)))
        assert "Rows: what changes" not in words
        assert ("- **Rows** 3 in `seeds/countries.csv`\n" in words) == (after == CONFIG)


def test_no_rows_go_where_the_file_cannot_be_read(tmp_path: Path) -> None:
    for number, (before, after) in enumerate(((BEFORE, ""), ("", BEFORE))):
        assert "Rows: what changes" not in said(change(tmp_path / str(number), before, after))
