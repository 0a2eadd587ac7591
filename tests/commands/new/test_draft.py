"""Drafts are judged together, as if they stood in their folder, and nothing is written."""

from pathlib import Path

from summary_tables.commands.new import draft
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.folder import read_folder
from summary_tables.configs.table_file import TableFile

TABLE = "table: {}\nschema: s\nmain_sql: SELECT n AS n FROM raw_data.n\nschedule: {{after: [s.{}]}}\n"


def test_drafts_know_each_other_and_the_folder(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text("table: old\nschema: s\nmain_sql: SELECT n AS n FROM raw_data.n\n")
    drafts = [
        Draft(path=tmp_path / "a.yaml", text=TABLE.format("a", "old")),
        Draft(path=tmp_path / "b.yaml", text=TABLE.format("b", "a")),
        Draft(path=tmp_path / "c.yaml", text=TABLE.format("c", "gone")),
        Draft(path=tmp_path / "d.yaml", text=TABLE.format("d", "broken")),
        Draft(path=tmp_path / "broken.yaml", text=""),
    ]
    found = draft.problems(drafts, read_folder(tmp_path))
    assert [(problem.file.partition("/")[2], problem.rule) for problem in found if problem.level == "error"] == [
        ("c.yaml", "after"),
        ("broken.yaml", "file"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["old.yaml"]


def test_draft_takes_the_place_of_the_file_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "old.yaml"
    path.write_text("table: old\nschema: other\nmain_sql: SELECT n AS n FROM raw_data.n\n")
    drafts = [
        Draft(path=path, text="table: old\nschema: s\nmain_sql: SELECT n AS n FROM raw_data.n\n"),
        Draft(path=tmp_path / "a.yaml", text=TABLE.format("a", "old")),
    ]
    found = draft.problems(drafts, read_folder(tmp_path))
    assert [problem for problem in found if problem.level == "error"] == []


def test_defaults_of_the_folder_hold(tmp_path: Path) -> None:
    (tmp_path / "defaults.yaml").write_text("owner: growth\n")
    file = draft.read(Draft(path=tmp_path / "a.yaml", text=TABLE.format("a", "b")), read_folder(tmp_path))
    assert isinstance(file, TableFile)
    assert file.config.table.owner == "growth"
