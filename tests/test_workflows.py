"""What the workflows of GitHub may do: none runs the code of a branch beside a token that may write."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / ".github" / "workflows"
PUBLISHES = Path(__file__).parents[1] / "plugins/summary_tables/commands/init/catalog_workflow.yaml"
"""What `init --pages` writes."""
WORKFLOWS = [*sorted(FOLDER.iterdir()), PUBLISHES]
POSTS = FOLDER / "preview_comment.yaml"
"""The only one whose token may write, and that knows a secret."""
FORK = "this comes from a fork, and only branches of this repository are compared with the warehouse"

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def workflow(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return loaded


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


@each_workflow
def test_is_valid(path: Path) -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    subprocess.run(check, check=True, capture_output=True)


@each_workflow
def test_actions_are_those_that_somebody_looked_at(path: Path) -> None:
    """A tag can be moved, a digest cannot. The version behind it is for people, and for tools that raise it."""
    uses = re.findall(r"\buses: *(.*)", path.read_text("utf-8"))
    assert len(uses) == sum("uses" in step for step in steps(path))
    assert [each for each in uses if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []


def test_one_digest_for_an_action() -> None:
    used = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}
    assert len(used) == len({each.partition("@")[0] for each in used})


@each_workflow
def test_rights_are_named_and_no_more_than_reading_but_where_the_comment_is_posted(path: Path) -> None:
    found = workflow(path)
    rights = {name: job.get("permissions", {}) for name, job in found["jobs"].items()}
    if path == POSTS:
        reads = {"contents": "read", "pull-requests": "read"}
        posts = {"contents": "read", "pull-requests": "write"}
        assert (found["permissions"], rights) == ({}, {"files": reads, "files_and_rows": reads, "comment": posts})
    elif path == PUBLISHES:
        publishes = {"pages": "write", "id-token": "write"}
        assert (found["permissions"], rights) == (
            {"contents": "read"},
            {"files": {}, "files_and_logs": {}, "publish": publishes},
        )
    else:
        assert (found["permissions"], rights) == ({"contents": "read"}, {name: {} for name in found["jobs"]})


@each_workflow
def test_what_a_stranger_sends_is_never_a_command(path: Path) -> None:
    assert not {"pull_request_target", "issue_comment", "issues"}.intersection(workflow(path)["on"])
    assert [step for step in steps(path) if "${{" in step.get("run", "")] == []
    if path == PUBLISHES:
        assert "pull_request" not in workflow(path)["on"]
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] == "false" and "ref" not in step["with"] for step in checkouts)


@each_workflow
def test_every_job_ends(path: Path) -> None:
    assert all(int(job["timeout-minutes"]) <= 45 for job in workflow(path)["jobs"].values())


SCRIPTS = ("fetch_pull_request.py", "post_preview.py")


def test_no_code_of_a_branch_beside_the_token_that_may_write() -> None:
    """All is of the default branch: the workflow by `workflow_run`, what is checked out without `ref`, and so what is
    installed; the branch is fetched, never checked out, and `diff` reads its files with git."""
    found = workflow(POSTS)
    assert found["on"] == {"workflow_run": {"workflows": ["preview"], "types": ["completed"]}}
    runs = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in found["jobs"].items()}
    assert runs["comment"] == ['python3 .github/post_preview.py "$RUNNER_TEMP/preview/preview.md"']
    for name in ("files", "files_and_rows"):
        *install, computes = runs[name]
        assert install == ['pip install --quiet ".[postgres]"', "python3 .github/fetch_pull_request.py"]
        commands = re.findall(r"summary-tables (.*)", computes)
        assert commands
        assert all(command.startswith('diff "$BASE" --head refs/preview/head ') for command in commands)
    assert "git checkout" not in (FOLDER.parent / "fetch_pull_request.py").read_text("utf-8")


def test_pull_request_is_the_one_that_github_names() -> None:
    comment = workflow(POSTS)["jobs"]["comment"]
    numbers = "needs.files.outputs.number || needs.files_and_rows.outputs.number"
    assert comment["steps"][-1]["env"]["PULL_REQUEST"] == f"${{{{ {numbers} }}}}"
    assert comment["if"] == f"${{{{ !cancelled() && ({numbers}) }}}}"


def test_the_address_of_the_warehouse_is_for_branches_of_this_repository_and_one_step() -> None:
    jobs = workflow(POSTS)["jobs"]
    own = "github.event.workflow_run.head_repository.full_name == github.repository"
    assert f"{own} && vars.SUMMARY_TABLES_DATA == 'true'" in jobs["files_and_rows"]["if"]
    assert jobs["files_and_rows"]["environment"] == "summary-tables"
    assert "environment" not in jobs["files"]
    with_secret = [step for path in FOLDER.iterdir() for step in steps(path) if "secrets." in str(step)]
    assert len(with_secret) == 1
    assert with_secret[0] in jobs["files_and_rows"]["steps"]
    assert with_secret[0]["env"]["SUMMARY_TABLES_WAREHOUSE"] == "${{ secrets.SUMMARY_TABLES_WAREHOUSE }}"
    # It is in no argument, which others of the machine could read, and the name of no file.
    assert "--warehouse env:SUMMARY_TABLES_WAREHOUSE" in with_secret[0]["run"]
    assert "$SUMMARY_TABLES_WAREHOUSE" not in with_secret[0]["run"]


def test_pages_have_what_the_warehouse_says_only_where_somebody_chose_that() -> None:
    jobs = workflow(PUBLISHES)["jobs"]
    assert jobs["files_and_logs"]["if"] == "vars.SUMMARY_TABLES_CATALOG == 'warehouse'"
    assert jobs["files_and_logs"]["environment"] == "summary-tables"
    assert "vars.SUMMARY_TABLES_CATALOG != 'warehouse'" in jobs["files"]["if"]
    (step,) = [step for step in steps(PUBLISHES) if "secrets." in str(step)]
    assert step in jobs["files_and_logs"]["steps"]
    assert "--warehouse env:SUMMARY_TABLES_WAREHOUSE" in step["run"]
    assert "$SUMMARY_TABLES_WAREHOUSE" not in step["run"]
    # What may write pages runs nothing of the repository.
    assert ["uses" in each for each in jobs["publish"]["steps"]] == [True]


@each_workflow
def test_the_token_is_given_only_where_it_asks_or_posts(path: Path) -> None:
    given = [step for step in steps(path) if "github.token" in str(step) or "secrets.GITHUB_TOKEN" in str(step)]
    assert all(step["run"].startswith("python3 .github/") for step in given)
    assert {script for step in given for script in SCRIPTS if script in step["run"]} == set(SCRIPTS * (path == POSTS))


def test_what_is_computed_is_what_is_posted() -> None:
    assert workflow(FOLDER / "preview.yaml")["name"] == "preview"
    jobs = workflow(POSTS)["jobs"]
    uploads = [jobs[name]["steps"][-1]["with"] for name in ("files", "files_and_rows")]
    download = jobs["comment"]["steps"][1]["with"]
    assert {(upload["name"], upload["path"]) for upload in uploads} == {("preview", "${{ runner.temp }}/preview.md")}
    assert download == {"name": "preview", "path": "${{ runner.temp }}/preview"}


@pytest.mark.parametrize(
    ("is_fork", "has_data", "words"),
    [("true", "true", ["--without-data", FORK]), ("true", "", []), ("false", "", [])],
)
def test_a_fork_is_told_why_it_sees_no_rows(is_fork: str, has_data: str, words: list[str], tmp_path: Path) -> None:
    """The step is run, with a program in the place of `summary-tables` that writes down how it is called."""
    program = tmp_path / "summary-tables"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    (step,) = [step for step in workflow(POSTS)["jobs"]["files"]["steps"] if "diff" in step.get("run", "")]
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "RUNNER_TEMP": "/t", "BASE": "origin/main"}
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        env={**environment, "IS_FORK": is_fork, "HAS_DATA": has_data},
        capture_output=True,
        text=True,
        check=True,
    )
    called = ["diff", "origin/main", "--head", "refs/preview/head", "--output", "/t/preview.md"]
    assert done.stdout.splitlines() == [*called, *words]
