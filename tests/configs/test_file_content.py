"""Only regular files of the folder itself are opened, whatever stands there."""

import os
import re
import threading
import time
from pathlib import Path

import pytest

from summary_tables.configs import file_content
from summary_tables.configs.config import read
from summary_tables.configs.file_content import NoContent, read_content
from summary_tables.lint.build_check import check_folder
from summary_tables.lint.engine import lint
from summary_tables.lint.fix import fixed_files
from summary_tables.lint.reports import REPORTS, report_form
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.model.problem import ConfigError
from tests.configs.kinds_of_entries import ENTRIES, SECRET, secret_beside

TABLE = "table: {name}\nschema: analytics\nowner: growth\nschedule: none\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "repository" / "dag_configs"
    folder.mkdir(parents=True)
    (folder / "good.yaml").write_text(TABLE.format(name="good"))
    secret_beside(folder)
    return folder


@pytest.mark.parametrize("kind", ENTRIES)
def test_each_kind_of_entry_is_a_problem_of_its_own_for_lint_and_for_airflow(kind: str, folder: Path) -> None:
    make, why = ENTRIES[kind]
    make(folder / "odd.yaml")
    problem = f"dag_configs/odd.yaml: error[file] the file cannot be opened: {why}"
    checked, linted = check_folder(folder), lint([folder])
    assert [config.table.table for config in checked.configs] == ["good"]
    assert [str(found) for found in checked.problems] == [problem]
    assert [str(found) for found in linted.problems if found.level == "error"] == [problem]
    with pytest.raises(ConfigError, match=f"^{re.escape(problem)}$"):
        read("odd", folder)


@pytest.mark.parametrize("kind", ENTRIES)
def test_defaults_that_cannot_be_read_take_all_tables_away(kind: str, folder: Path) -> None:
    """They may say `samples: false`: without them nobody knows what may be shown."""
    make, why = ENTRIES[kind]
    make(folder / "defaults.yaml")
    problem = f"dag_configs/defaults.yaml: error[file] the file cannot be opened: {why}"
    left_out = "until that is mended, what analytics.good needs is not known, and Airflow does not run it"
    words, fix, advice = problem.partition("; fix:")
    assert check_folder(folder).configs == ()
    assert [str(found) for found in check_folder(folder).problems] == [f"{words}; {left_out}{fix}{advice}"]
    assert problem in map(str, lint([folder]).problems)
    with pytest.raises(ConfigError, match=f"^{re.escape(problem)}$"):
        read("good", folder)


@pytest.mark.parametrize("form", REPORTS)
def test_no_byte_of_a_foreign_file_is_quoted(form: str, folder: Path) -> None:
    (folder / "odd.yaml").symlink_to("../.env")
    (folder / "notes").symlink_to("../.env")
    (folder.parent / ".env").write_text(SECRET + "main_sql: hunter2-is-secret\n")
    result = lint([folder, folder / "odd.yaml"])
    assert "hunter2" not in report_form(form)(result, ReportOptions())
    assert result.failures


def test_files_of_a_config_map_and_of_git_sync_are_read(tmp_path: Path) -> None:
    """Kubernetes: x.yaml -> ..data/x.yaml, ..data -> ..2026_11_28; git-sync: repo -> .worktrees/1a2b."""
    real = tmp_path / ".worktrees" / "1a2b" / "dag_configs"
    (real / "..2026_11_28").mkdir(parents=True)
    (real / "..2026_11_28" / "good.yaml").write_text(TABLE.format(name="good"))
    (real / "..data").symlink_to("..2026_11_28")
    (real / "good.yaml").symlink_to("..data/good.yaml")
    (tmp_path / "repo").symlink_to(".worktrees/1a2b")
    folder = tmp_path / "repo" / "dag_configs"
    checked = check_folder(folder)
    assert [config.table.table for config in checked.configs] == ["good"]
    assert checked.problems == ()
    assert lint([folder]).failures == ()
    assert read("good", folder).table.table == "good"


def test_link_to_a_folder_is_told_and_not_looked_into(folder: Path) -> None:
    (folder / "sub").symlink_to("/")
    assert list(map(str, check_folder(folder).problems)) == [
        "dag_configs/sub: error[file-name] it is a link to a folder, and the files there are not read; "
        "fix: put the files themselves here"
    ]


def test_name_that_cannot_be_shown(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.yaml")).write_text(TABLE.format(name="cafe"))
    (folder / "a\x1b[31m\nb.yaml").write_text(TABLE.format(name="b"))
    words = (
        "error[file-name] the name of the file has characters in it that cannot be shown; fix: call it after its table"
    )
    expected = [rf"dag_configs/a\x1b[31m\nb.yaml: {words}", rf"dag_configs/caf\udce9.yaml: {words}"]
    assert sorted(map(str, check_folder(folder).problems)) == expected
    assert [config.table.table for config in check_folder(folder).configs] == ["good"]
    assert [str(found) for found in lint([folder]).problems if found.level == "error"] == expected
    assert len(lint([folder]).files) == 3


def test_folder_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    assert list(map(str, check_folder(tmp_path / "dag_configs").problems)) == [
        "dag_configs/dag_configs: error[file] ".replace("dag_configs/dag_configs", f"{tmp_path.name}/dag_configs")
        + "the folder cannot be read: no such file or directory; "
        "fix: see that it is there and that the user who runs Airflow may read it"
    ]


def test_at_most_one_byte_more_than_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.touch()
    os.truncate(path, 1 << 40)
    assert read_content(path, 10) == bytes(11)


def test_file_that_grows_while_it_is_read_ends_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"x")
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab") as file:
            while not stop.is_set():
                file.write(b"x" * 1_000)
                file.flush()
                time.sleep(0.001)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        content = read_content(path, 100)
    finally:
        stop.set()
        writer.join()
    assert isinstance(content, bytes)
    assert len(content) <= 101


@pytest.mark.parametrize("other", ["pipe", "link to a secret"])
def test_what_is_replaced_after_the_first_look_is_refused(
    other: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`lstat` sees a regular file; what is there when it is opened is another thing."""
    looked_at = (folder / "good.yaml").lstat()
    (folder / "good.yaml").unlink()
    ENTRIES[other][0](folder / "good.yaml")
    monkeypatch.setattr(Path, "lstat", lambda _: looked_at)
    found = read_content(folder / "good.yaml")
    assert isinstance(found, NoContent)


def test_step_that_becomes_a_link_after_it_was_followed_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "x.yaml").write_text(SECRET)
    (folder / "inner").mkdir()
    (folder / "inner" / "x.yaml").write_text(TABLE.format(name="x"))
    (folder / "x.yaml").symlink_to("inner/x.yaml")
    followed = file_content._followed(folder / "x.yaml")
    (folder / "inner" / "x.yaml").unlink()
    (folder / "inner").rmdir()
    (folder / "inner").symlink_to(outside)
    monkeypatch.setattr(file_content, "_followed", lambda _: followed)
    assert isinstance(read_content(folder / "x.yaml"), NoContent)


def test_fixing_copies_no_foreign_file_and_keeps_what_cannot_be_read(folder: Path) -> None:
    (folder / "bad.yaml").write_text(TABLE.format(name="bad").replace("owner", "ownr"))
    (folder / "zero").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    [fixed] = fixed_files([folder])
    assert fixed.after == TABLE.format(name="bad").encode()
    (folder / "defaults.yaml").symlink_to("nowhere")
    [fixed] = fixed_files([folder])
    assert fixed.after == TABLE.format(name="bad").encode()
