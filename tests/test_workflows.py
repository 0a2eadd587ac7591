"""What the workflows of GitHub may do: none runs the code of a branch beside a token that may write."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.iterdir())
POSTS = FOLDER / "preview_comment.yaml"
"""The only one whose token may write."""

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
    rights = [found["permissions"], *(job.get("permissions", {}) for job in found["jobs"].values())]
    if path == POSTS:
        assert rights == [{}, {"actions": "read", "contents": "read", "pull-requests": "write"}]
    else:
        assert rights == [{"contents": "read"}, *({} for _ in found["jobs"])]


@each_workflow
def test_what_a_stranger_sends_is_never_a_command(path: Path) -> None:
    assert not {"pull_request_target", "issue_comment", "issues"}.intersection(workflow(path)["on"])
    assert [step for step in steps(path) if "${{" in step.get("run", "")] == []
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] == "false" and "ref" not in step["with"] for step in checkouts)


@each_workflow
def test_every_job_ends(path: Path) -> None:
    assert all(int(job["timeout-minutes"]) <= 45 for job in workflow(path)["jobs"].values())


def test_no_code_of_a_branch_beside_the_token_that_may_write() -> None:
    found = workflow(POSTS)
    assert found["on"] == {"workflow_run": {"workflows": ["preview"], "types": ["completed"]}}
    assert [step["run"] for step in steps(POSTS) if "run" in step] == [
        'python3 .github/post_preview.py "$RUNNER_TEMP/preview/preview.md"'
    ]
    (job,) = found["jobs"].values()
    assert "github.event.workflow_run.head_repository.full_name == github.repository" in job["if"]
    assert job["steps"][-1]["env"]["PULL_REQUEST"] == "${{ github.event.workflow_run.pull_requests[0].number }}"


@each_workflow
def test_the_token_is_given_only_where_it_posts(path: Path) -> None:
    given = "github.token" in path.read_text("utf-8") or "secrets." in path.read_text("utf-8")
    assert given is (path == POSTS)


def test_what_is_computed_is_what_is_posted() -> None:
    preview = workflow(FOLDER / "preview.yaml")
    assert preview["name"] == "preview"
    upload = preview["jobs"]["preview"]["steps"][-1]["with"]
    download = steps(POSTS)[1]["with"]
    assert upload["name"] == download["name"] == "preview"
    assert upload["path"] == "${{ runner.temp }}/preview.md"
    assert preview["jobs"]["preview"]["steps"][0]["with"] == {"fetch-depth": "0", "persist-credentials": "false"}
