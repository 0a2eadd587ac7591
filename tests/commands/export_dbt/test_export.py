"""What `summary-tables export dbt` writes and says."""

import json
from pathlib import Path

import pytest

from summary_tables.cli import main
from summary_tables.commands import whole_file
from summary_tables.commands.export_dbt.model_config import NO_WORD
from summary_tables.commands.export_dbt.table_model import SAID
from tests.golden_files import assert_golden

CONFIGS = Path(__file__).parents[2] / "cases" / "dbt" / "leaving" / "dag_configs"
SCHEMA = Path(__file__).parents[3] / "schemas" / "summary_table.schema.json"


def exported(folder: Path, output: Path, *options: str) -> int:
    return main(["export", "dbt", "--folder", str(folder), "--output", str(output), *options])


def test_a_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file of it, and each sentence on what dbt cannot say."""
    assert exported(CONFIGS, tmp_path / "shop") == 0
    assert_golden("export_dbt/said.txt", capsys.readouterr().out.replace(str(tmp_path), ""))
    written = sorted(path for path in (tmp_path / "shop").rglob("*") if path.is_file())
    text = "".join(f"===== {path.relative_to(tmp_path)}\n{path.read_text('utf-8')}" for path in written)
    assert_golden("export_dbt/project.txt", text)


@pytest.mark.parametrize(
    "broken",
    [
        "table: broken\nschema: analytics\nmain_sql: SELECT 1 AS\n",
        "table: broken\nschema: analytics\ncolumns: [{name: id, type: text}]\nmain_sql: SELECT id FROM raw.orders\n",
    ],
    ids=["by itself", "by the types of its sources"],
)
def test_what_lint_refuses_is_not_exported(broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / "broken.yaml").write_text(broken)
    (folder / "sources").mkdir()
    (folder / "sources" / "raw.yaml").write_text(
        "schema: raw\ntables: [{name: orders, columns: [{name: id, type: bigint}]}]\n"
    )
    assert exported(folder, tmp_path / "out") == 1
    assert capsys.readouterr().err == "Nothing was written: mend what `summary-tables lint` says first.\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--name", "My shop"], "--name: dbt calls a project by lower-case letters, digits and `_`, not 'My shop'"),
        (["--folder", "nowhere"], "nowhere is not a folder; name that of the configs with --folder"),
    ],
)
def test_usage(options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(CONFIGS, tmp_path / "out", *options) == 2
    assert capsys.readouterr().err == f"summary-tables: {words}\n"


def test_nothing_of_others_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.sql").write_text("SELECT 1")
    assert exported(CONFIGS, tmp_path) == 2
    words = f"summary-tables: --output: {tmp_path} is not empty, and nothing was changed; name a new folder\n"
    assert capsys.readouterr().err == words
    assert [path.name for path in tmp_path.iterdir()] == ["mine.sql"]


def test_no_project_is_written_among_the_files_of_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert exported(tmp_path, tmp_path / "inner" / "shop") == 2
    assert exported(CONFIGS, tmp_path / "file") == 2
    said = capsys.readouterr().err.replace(f"{tmp_path}", "here")
    assert said == (
        "summary-tables: --output: here/inner/shop is inside here, which holds nothing but files of tables\n"
        "summary-tables: --output: here/file is a file, and nothing was changed; name a new folder\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_export_over_an_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What people changed in a project is theirs."""
    output = tmp_path / "shop"
    assert exported(CONFIGS, output) == 0
    (output / "models" / "plain.sql").write_text("SELECT 1")
    capsys.readouterr()
    assert exported(CONFIGS, output) == 2
    assert capsys.readouterr().err == (
        f"summary-tables: --output: {output} holds a dbt project, and nothing was changed; name a new folder, "
        "and `git diff --no-index` shows what is different\n"
    )
    assert (output / "models" / "plain.sql").read_text() == "SELECT 1"


def test_half_an_export_says_that_it_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stopped it; it is not taken for a project, and not written over."""
    output, write = tmp_path / "shop", whole_file.write

    def stopped(path: Path, text: str, *, replace_existing: bool) -> None:
        if path.name == "plain.sql":
            raise OSError(28, "No space left on device", str(path))
        write(path, text, replace_existing=replace_existing)

    monkeypatch.setattr(whole_file, "write", stopped)
    assert exported(CONFIGS, output) == 2
    assert capsys.readouterr().err == (
        f"summary-tables: {output}/models/plain.sql cannot be written: No space left on device; "
        f"{output} holds a part of the project: delete it\n"
    )
    monkeypatch.undo()
    assert exported(CONFIGS, output) == 2
    assert capsys.readouterr().err == (
        f"summary-tables: --output: {output} holds an export that was stopped midway, and nothing was changed; "
        "delete it, or name another\n"
    )
    assert (output / "UNFINISHED_EXPORT.txt").read_text() == (
        "`summary-tables export dbt` was stopped before it had written all files of this project.\n"
        "Delete the folder, and export again.\n"
    )


def test_a_folder_that_may_not_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine")
    assert exported(CONFIGS, tmp_path / "file" / "below") == 2
    assert capsys.readouterr().err == (f"summary-tables: {tmp_path}/file/below cannot be written: Not a directory\n")
    assert (tmp_path / "file").read_text() == "mine"


def test_nothing_holds_back_a_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / "codes.csv").write_text("code\nKR\n")
    (folder / "codes.yaml").write_text(
        "table: codes\nschema: analytics\nschedule: none\ncsv: {file: codes.csv}\n"
        "columns: [{name: code, type: text}]\ninput_check: [{not_null: id, table: raw_data.users}]\n"
    )
    assert exported(folder, tmp_path / "out") == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "dag_configs/codes.yaml:6:14: warning[export] dbt loads a seed whatever is found in other tables"
    )


def test_no_key_of_a_file_is_lost_in_silence() -> None:
    """Each becomes a part of the project, or it is said that dbt has no word for it."""
    elsewhere = {"refresh", "deprecated", "timezone", "attributes", "google_sheet"}
    keys = set(json.loads(SCHEMA.read_text("utf-8"))["properties"])
    assert keys == SAID | NO_WORD.keys() | elsewhere
