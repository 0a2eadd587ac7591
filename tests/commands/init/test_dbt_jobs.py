"""What the jobs that `init` writes do for dbt projects: their scripts are run, beside programs that note each call."""

import subprocess
from pathlib import Path

import pytest
import yaml

from summary_tables import cli
from summary_tables.commands.exit_code import OK

NOTES = """#!/bin/sh
printf "%s\\n" "$DO_NOT_TRACK$(basename "$0") $*" >> calls.txt
! [ -e fails-in ] || [ "$(cat fails-in)" != "$4" ]
"""
DBT = "dbt_environment/.venv/bin/dbt"


def script_of(host: str, root: Path) -> str:
    """The shell's words that make what dbt says of the projects."""
    if host == "github":
        workflow = yaml.safe_load((root / ".github/workflows/lint.yaml").read_text("utf-8"))
        scripts = [step.get("run", "") for step in workflow["jobs"]["lint"]["steps"]]
    else:
        jobs = yaml.safe_load((root / ".gitlab/summary_tables.yml").read_text("utf-8"))
        scripts = jobs["summary_tables_lint"]["script"]
    (found,) = (script for script in scripts if "summary-tables dbt manifest" in script)
    return str(found)


def run(script: str, root: Path, *, is_well: bool = True) -> list[str]:
    """How each program was called."""
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=root, env={"PATH": f"{root / 'programs'}:/usr/bin:/bin"}, check=False
    )
    assert (done.returncode == 0) is is_well
    return (root / "calls.txt").read_text("utf-8").splitlines()


@pytest.fixture(params=["github", "gitlab"])
def script(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a repository in `tmp_path`, with three projects: two name packages."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "--dbt", "--host", request.param]) == OK
    for name in ("programs/pip", "programs/uv", "programs/summary-tables", DBT):
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(NOTES)
        program.chmod(0o755)
    for name in (
        "dbt_project.yml",
        "shop a/dbt_project.yml",
        "shop a/packages.yml",
        "shop b/dbt_project.yml",
        "shop b/dependencies.yml",
        # It is brought by somebody else, and asks for packages for its own tests.
        "shop b/dbt_packages/other/packages.yml",
    ):
        (tmp_path / "dbt" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dbt" / name).touch()
    return script_of(request.param, tmp_path)


BEFORE = ["pip install --quiet uv", "uv sync --quiet --locked --project dbt_environment"]


def test_packages_come_before_dbt_reads_the_projects(script: str, tmp_path: Path) -> None:
    assert run(script, tmp_path) == [
        *BEFORE,
        "1dbt --quiet deps --project-dir dbt/shop a",
        "1dbt --quiet deps --project-dir dbt/shop b",
        "summary-tables dbt manifest",
    ]


def test_project_beside_no_other(script: str, tmp_path: Path) -> None:
    (tmp_path / "dbt/packages.yml").touch()
    for name in ("packages.yml", "dependencies.yml"):
        for path in tmp_path.glob(f"dbt/shop */{name}"):
            path.unlink()
    assert run(script, tmp_path) == [*BEFORE, "1dbt --quiet deps --project-dir dbt", "summary-tables dbt manifest"]


def test_packages_that_cannot_be_had_end_it(script: str, tmp_path: Path) -> None:
    (tmp_path / "fails-in").write_text("dbt/shop a")
    assert run(script, tmp_path, is_well=False) == [*BEFORE, "1dbt --quiet deps --project-dir dbt/shop a"]
