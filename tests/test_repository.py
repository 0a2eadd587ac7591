"""What the documents say of the repository is true."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
MAKEFILE = (REPOSITORY / "Makefile").read_text("utf-8")


def table_of_changes() -> list[str]:
    """The rows of "I want to change ... -> go to ..."."""
    rows = README.partition("| I want to change")[2].partition("\n\n")[0].splitlines()[2:]
    return [f"|{row}" for row in rows]


def test_first_screen_is_the_two_commands_and_the_way_to_every_change() -> None:
    head = README.partition("## ")[0]
    assert head.index("make demo") < head.index("make test") < head.index("| I want to change")
    assert len(table_of_changes()) >= 12


@pytest.mark.parametrize("row", table_of_changes(), ids=lambda row: row.split("|")[2].strip())
def test_paths_of_the_table_exist(row: str) -> None:
    named = [name for name in re.findall(r"`([^`]+)`", row) if not name.startswith("make ")]
    assert named
    assert [name for name in named if not (REPOSITORY / name).exists()] == []


def test_every_make_target_has_one_line_of_help_and_works_by_that_name() -> None:
    targets = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert sorted(targets) == sorted(phony[1].split())
    # Without the variables by which an outer make, such as CI's, would have this one say where it is.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    printed = subprocess.run(
        ["make", "help"], cwd=REPOSITORY, env=alone, capture_output=True, text=True, check=True
    ).stdout
    assert [line.split()[1] for line in printed.splitlines()] == targets
    assert all(len(line) <= 120 for line in printed.splitlines())


def test_make_targets_that_documents_name_exist() -> None:
    documents = README + (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"make ([a-z][a-z-]+)(?=[`:\s])", documents))
    assert named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_example_of_the_readme_is_a_config() -> None:
    from summary_tables.schema import schema_check
    from summary_tables.yaml_files import yaml_document

    example = README.partition("```yaml\n")[2].partition("```")[0]
    document = yaml_document.parse(example.encode(), "README.md")
    assert isinstance(document, yaml_document.YamlDocument)
    assert schema_check.problems(document, "summary_table") == ()


def test_workflow_runs_what_ci_runs() -> None:
    workflow = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "ci.yaml").read_text("utf-8"))
    assert workflow["jobs"]["test"]["steps"][-1] == {"run": ".ci/run"}


@pytest.mark.parametrize("path", sorted((REPOSITORY / "dag_configs").glob("*.yaml")), ids=lambda path: path.name)
def test_every_config_names_its_schema_for_editors(path: Path) -> None:
    schema = "defaults" if path.name == "defaults.yaml" else "summary_table"
    first = path.read_text("utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schemas/{schema}.schema.json"
