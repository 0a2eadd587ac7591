"""`summary-tables init`: what it writes, what it keeps, and what it says of either."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from summary_tables import cli
from summary_tables.commands import whole_file
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.commands.init import command
from summary_tables.commands.init.record import NAME
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden

OWN_SCHEMAS = (
    "schemas/dbt_project.schema.json",
    "schemas/defaults.schema.json",
    "schemas/sources.schema.json",
    "schemas/summary_table.schema.json",
)
AS_IN_THE_LIBRARYS_REPOSITORY = (
    ".airflowignore",
    ".github/fetch_pull_request.py",
    ".github/post_preview.py",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "dag_configs/defaults.yaml",
    "dags/.airflowignore",
    "dags/config_problems.py",
    "dags/summary_table_dags.py",
    "dags/summary_tables_watch.py",
    *OWN_SCHEMAS,
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty git repository, in which the person stands; the version does not change with the library's."""
    found = tmp_path / "tables"
    (found / ".git").mkdir(parents=True)
    monkeypatch.chdir(found)
    monkeypatch.setattr(command, "version", lambda: "1.2.3")
    return found


def files(root: Path) -> dict[str, str]:
    """The text of each file by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def said(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str, code: int = OK) -> str:
    """What the command prints, which must be all on one of the two streams."""
    assert cli.main(["init", *arguments]) == code
    printed = capsys.readouterr()
    assert "" in printed
    return "".join(printed).replace(str(root), "ROOT")


def test_empty_repository(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(root, capsys)
    written = files(root)
    own = {path: written.pop(path) for path in AS_IN_THE_LIBRARYS_REPOSITORY}
    assert own == {path: (REPOSITORY / path).read_text("utf-8") for path in own}
    # Its digests change with every schema.
    assert written.pop(NAME).startswith('{\n  "version": "1.2.3",\n  "files": {\n    ".airflowignore": "')
    tree = "".join(f"--- {path}\n{text}" for path, text in written.items())
    assert_golden("init/empty.txt", f"{printed}{tree}")


@pytest.mark.parametrize("name", ["lint", "preview", "preview_comment"])
def test_workflows_are_valid(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("check_jsonschema")
    said(root, capsys)
    path = root / ".github" / "workflows" / f"{name}.yaml"
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    subprocess.run(check, check=True, capture_output=True)


def test_pages_of_github_are_published_where_somebody_asked_for_them(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(root, capsys)
    assert ".github/workflows/catalog.yaml" not in files(root)
    printed = said(root, capsys, "--pages")
    assert printed == "Wrote 1 file:\n  .github/workflows/catalog.yaml\n"
    assert_golden("init/catalog.yaml", files(root)[".github/workflows/catalog.yaml"])
    # From now on it is one of the files of the repository.
    assert said(root, capsys) == "Nothing to write: 18 files as this version has them.\n"
    (root / ".github/workflows/catalog.yaml").unlink()
    assert "Not brought back, since somebody deleted it here." in said(root, capsys)


def test_the_environment_of_dbt_is_written_where_somebody_asked_for_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(root, capsys)
    names = ("dbt_environment/pyproject.toml", "dbt_environment/uv.lock")
    assert files(root).keys().isdisjoint(names)
    assert (
        said(root, capsys, "--dbt") == "Wrote 2 files:\n  dbt_environment/pyproject.toml\n  dbt_environment/uv.lock\n"
    )
    assert {name: files(root)[name] for name in names} == {
        name: (REPOSITORY / name).read_text("utf-8") for name in names
    }
    assert said(root, capsys) == "Nothing to write: 19 files as this version has them.\n"


def test_what_is_left_to_do_for_dbt_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(root, capsys, "--dbt")
    assert "\n  uv sync --locked --project dbt_environment  " in printed
    assert printed.splitlines()[-1].startswith("  GRANT CREATE ON DATABASE warehouse TO builder; ")


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_changes_of_a_dbt_project_are_linted_with_what_dbt_says_of_it(
    host: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(root, capsys, "--dbt", "--host", host)
    jobs = [text for path, text in files(root).items() if path.endswith(("lint.yaml", "preview.yaml", "_tables.yml"))]
    assert [text for text in jobs if '"dbt/**' not in text] == []
    (lint,) = (text for text in jobs if "summary-tables lint dag_configs" in text)
    assert lint.index("summary-tables dbt manifest") < lint.index("summary-tables lint dag_configs")


def test_pages_of_gitlab_are_told_where_their_job_stands(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(root, capsys, "--host", "gitlab", "--pages", code=USAGE) == (
        "summary-tables: --pages writes a workflow of GitHub; docs/catalog.md has the job for GitLab\n"
    )


OF_GITLAB = {".gitlab/post_preview.py", ".gitlab/requirements.txt", ".gitlab/summary_tables.yml"}


def test_gitlab_has_jobs_in_the_place_of_workflows(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("check_jsonschema")
    printed = said(root, capsys, "--host", "gitlab")
    include = "include: [{ local: .gitlab/summary_tables.yml }]"
    assert f"Nothing runs .gitlab/summary_tables.yml yet. Write into .gitlab-ci.yml: {include}\n" in printed
    written = files(root)
    assert {path for path in written if path.startswith((".git", "README"))} == OF_GITLAB
    assert written[".gitlab/post_preview.py"] == (REPOSITORY / ".github/post_preview.py").read_text("utf-8")
    assert "summary-tables[postgres]==1.2.3\n" in written[".gitlab/requirements.txt"]
    for name in (".gitlab-ci.yml", ".gitlab/summary_tables.yml"):
        (root / ".gitlab-ci.yml").write_text(f"{include}\n")
        check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(root / name)]
        subprocess.run(check, check=True, capture_output=True)
    assert said(root, capsys) == "Nothing to write: 14 files as this version has them.\n"


@pytest.mark.parametrize(
    ("fails", "calls"),
    [
        ("", ["--warehouse env:SUMMARY_TABLES_WAREHOUSE"]),
        (
            "1",
            [
                "--warehouse env:SUMMARY_TABLES_WAREHOUSE",
                "--without-data the warehouse could not be asked; the log of the job says why",
            ],
        ),
        (None, [""]),
    ],
)
def test_preview_of_gitlab_compares_rows_where_it_knows_a_warehouse(
    fails: str | None, calls: list[str], root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The job's script is run, with programs in the place of ours that write down how they are called."""
    said(root, capsys, "--host", "gitlab")
    jobs = yaml.safe_load((root / ".gitlab/summary_tables.yml").read_text("utf-8"))
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("summary-tables", "python3"):
        (programs / name).write_text('#!/bin/sh\necho "$@"\ncase "$*" in *--warehouse*) exit ${FAILS:-0};; esac\n')
        (programs / name).chmod(0o755)
    known = {} if fails is None else {"SUMMARY_TABLES_WAREHOUSE": "postgresql://secret", "FAILS": fails}
    commits = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "ba5e", "CI_COMMIT_SHA": "4ead"}
    done = subprocess.run(
        ["bash", "-e", "-c", "\n".join(jobs["summary_tables_preview"]["script"])],
        env={**commits, **known, "PATH": f"{programs}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    diff = "diff ba5e --head 4ead --host gitlab --output preview.md"
    assert done.stdout.splitlines() == [
        *(f"{diff} {call}".rstrip() for call in calls),
        ".gitlab/post_preview.py preview.md",
    ]
    assert "secret" not in done.stdout + done.stderr


def test_lint_has_nothing_to_say_of_what_was_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(root, capsys)
    assert cli.main(["lint", "--strict"]) == OK
    assert capsys.readouterr() == ("", "2 files are fine.\n")


def test_second_call_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(root, capsys)
    before = {path: (root / path).stat().st_mtime_ns for path in files(root)}
    assert said(root, capsys) == "Nothing to write: 17 files as this version has them.\n"
    assert {path: (root / path).stat().st_mtime_ns for path in files(root)} == before
    assert said(root, capsys, "--check") == "Nothing to write: 17 files as this version has them.\n"


def test_what_people_wrote_or_deleted_stays_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(root, capsys)
    (root / ".vscode/settings.json").write_text("{}\n")
    (root / "dags/config_problems.py").write_text("# ours\n")
    (root / ".github/post_preview.py").unlink()
    (root / "dag_configs/first_table.yaml").unlink()
    before = files(root)
    assert said(root, capsys) == (
        "Kept, since somebody changed it here. `--diff` shows how it differs, `--replace PATH` takes the new one:\n"
        "  .vscode/settings.json\n"
        "  dags/config_problems.py\n"
        "Not brought back, since somebody deleted it here. `--replace .github/post_preview.py` does:\n"
        "  .github/post_preview.py\n"
        "Nothing to write: 14 files as this version has them.\n"
    )
    assert files(root) == before
    asked = ["--replace", ".github/post_preview.py", "--replace", "dags/config_problems.py"]
    assert said(root, capsys, *asked) == (
        "Wrote 1 file:\n"
        "  .github/post_preview.py\n"
        "Updated 1 file:\n"
        "  dags/config_problems.py\n"
        "Kept, since somebody changed it here. `--diff` shows how it differs, `--replace .vscode/settings.json` takes "
        "the new one:\n"
        "  .vscode/settings.json\n"
    )


def test_new_version_updates_what_nobody_changed(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(root, capsys)
    (root / "dag_configs/defaults.yaml").write_text("owner: growth\n")
    monkeypatch.setattr(command, "version", lambda: "1.3.0")
    assert said(root, capsys, "--check", code=PROBLEMS) == "Would update 1 file:\n  .github/requirements.txt\n"
    assert said(root, capsys, "--diff", code=PROBLEMS) == (
        "--- .github/requirements.txt\n"
        "+++ .github/requirements.txt (new)\n"
        "@@ -1,2 +1,2 @@\n"
        " # What the workflows install. Raise it together with Airflow's, then run `summary-tables init`.\n"
        "-summary-tables[postgres]==1.2.3\n"
        "+summary-tables[postgres]==1.3.0\n"
        "Would update 1 file:\n"
        "  .github/requirements.txt\n"
    )
    assert (root / ".github/requirements.txt").read_text().endswith("==1.2.3\n")
    assert said(root, capsys) == "Updated 1 file:\n  .github/requirements.txt\n"
    assert (root / ".github/requirements.txt").read_text().endswith("==1.3.0\n")
    assert (root / "dag_configs/defaults.yaml").read_text() == "owner: growth\n"
    assert said(root, capsys) == "Nothing to write: 17 files as this version has them.\n"


def test_number_that_somebody_raised_by_hand_is_this_versions(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(root, capsys)
    path = root / ".github/requirements.txt"
    path.write_text(path.read_text().replace("1.2.3", "1.3.0"))
    monkeypatch.setattr(command, "version", lambda: "1.3.0")
    assert said(root, capsys) == "Nothing to write: 17 files as this version has them.\n"


OLD_GENERATOR = '''"""One Airflow DAG for each summary table in dag_configs/."""

from summary_tables.airflow.dag import dags_to_parse

globals().update(dags_to_parse())
'''


def test_repository_that_was_copied_from_the_librarys(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("dags", "dag_configs", "schemas"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "dags/summary_table_dags.py").write_text(OLD_GENERATOR)
    (root / "plugins/summary_tables").mkdir(parents=True)
    (root / "plugins/summary_tables/__init__.py").touch()
    configs = files(root / "dag_configs")
    assert_golden("init/copied_repository.txt", said(root, capsys))
    assert (root / "dags/summary_table_dags.py").read_text() == (REPOSITORY / "dags/summary_table_dags.py").read_text()
    assert files(root / "dag_configs") == configs


def test_half_of_the_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As after a call that was killed: no record, and each file whole or not there."""
    said(root, capsys)
    (root / NAME).unlink()
    shutil.rmtree(root / ".github")
    shutil.rmtree(root / "dags")
    assert said(root, capsys).startswith(
        "Wrote 10 files:\n"
        "  .github/fetch_pull_request.py\n"
        "  .github/post_preview.py\n"
        "  .github/requirements.txt\n"
        "  .github/workflows/lint.yaml\n"
        "  .github/workflows/preview.yaml\n"
        "  .github/workflows/preview_comment.yaml\n"
        "  dags/.airflowignore\n"
        "  dags/config_problems.py\n"
        "  dags/summary_table_dags.py\n"
        "  dags/summary_tables_watch.py\n"
        "Commit all of it"
    )


def test_dags_of_others_are_not_hidden(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "jobs").mkdir()
    (root / "jobs" / "nightly.py").touch()
    assert (
        "Not written, since it would hide Python files of this repository from Airflow. If none of them is a DAG file, "
        "`--replace .airflowignore` writes it:\n  .airflowignore\n"
    ) in said(root, capsys)
    assert not (root / ".airflowignore").exists()
    said(root, capsys, "--replace", ".airflowignore")
    assert (root / ".airflowignore").exists()


@pytest.mark.parametrize("place", ["dags/.airflowignore", "dags", ".github/workflows", "dag_configs"])
def test_nothing_is_written_outside_of_the_folder(place: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).symlink_to(elsewhere if "." not in Path(place).name else elsewhere / "file")
    assert "Not written, since something that is no file of this folder stands there:\n" in said(root, capsys)
    assert list(elsewhere.iterdir()) == []


def test_folder_in_the_place_of_a_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / ".vscode/settings.json").mkdir(parents=True)
    (root / "schemas").write_text("no folder")
    assert (
        "Not written, since something that is no file of this folder stands there:\n"
        "  .vscode/settings.json\n"
        "  schemas/dbt_project.schema.json\n"
        "  schemas/defaults.schema.json\n"
        "  schemas/sources.schema.json\n"
        "  schemas/summary_table.schema.json\n"
    ) in said(root, capsys)


def test_no_git(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / ".git").rmdir()
    assert "\nROOT is in no git repository, which pull requests need: git init ROOT\n" in said(root, capsys)


def test_folder_inside_of_a_repository(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(root, capsys, "tables/of_growth", code=USAGE)
    assert printed == "summary-tables: ROOT/tables/of_growth cannot be made: No such file or directory\n"
    assert (
        "\nROOT/growth is inside the git repository ROOT: GitHub looks for .github/ there, and the workflows for "
        "dag_configs/ beside it. Move .github/ up and name the folder in the workflows, or give the tables a "
        "repository of their own.\n"
    ) in said(root, capsys, "growth")


def test_record_that_cannot_be_read_makes_all_files_those_of_people(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(root, capsys)
    (root / NAME).write_text("<<<<<<< HEAD\n")
    (root / ".github/requirements.txt").write_text("summary-tables\n")
    assert "Kept, since somebody changed it here." in said(root, capsys)
    assert (root / ".github/requirements.txt").read_text() == "summary-tables\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_no_right_to_write(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root.chmod(0o500)
    try:
        assert said(root, capsys, code=USAGE) == (
            "summary-tables: ROOT/.airflowignore cannot be written: Permission denied; what was written before it "
            "stays, run this again then\n"
        )
    finally:
        root.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="Linux has a folder that takes no file from anybody")
def test_folder_that_takes_no_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(root, capsys, "/proc/self", code=USAGE) == (
        "summary-tables: /proc/self/.airflowignore cannot be written: No such file or directory; what was written "
        "before it stays, run this again then\n"
    )


def test_disk_that_is_full(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, text: str, *, replace_existing: bool) -> None:
        assert not replace_existing
        if path.name == "config_problems.py":
            raise OSError(28, "No space left on device", str(path))
        path.write_text(text)

    monkeypatch.setattr(whole_file, "write", write)
    assert said(root, capsys, code=USAGE) == (
        "summary-tables: ROOT/dags/config_problems.py cannot be written: No space left on device; what was written "
        "before it stays, run this again then\n"
    )
    monkeypatch.undo()
    monkeypatch.chdir(root)
    assert said(root, capsys).startswith("Wrote 17 files:\n")


WRONG = [
    (["file"], "ROOT/file is not a folder"),
    (["--replace", "dags/config_problem.py"], "--replace: dags/config_problem.py is no file of init; the nearest name "
     "is dags/config_problems.py"),
    (["--replace", "dag_configs/defaults.yaml"], "--replace: dag_configs/defaults.yaml is no file of init"),
    ([str(REPOSITORY)], f"{REPOSITORY} is the repository of Summary Tables itself; name another folder"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=lambda value: str(value)[-30:])
def test_wrong_calls(arguments: list[str], words: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "file").touch()
    assert said(root, capsys, *arguments, code=USAGE) == f"summary-tables: {words}\n"
    assert list(files(root)) == ["file"]


def test_library_that_is_not_installed(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "version", lambda: "")
    assert said(root, capsys, code=USAGE) == (
        f"summary-tables: the library in {REPOSITORY / 'plugins/summary_tables'} is not installed; install the "
        "package: pip install summary-tables\n"
    )
