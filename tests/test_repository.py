"""What the documents say of the repository is true."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from summary_tables import cli
from tests.conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
LIBRARY = REPOSITORY / "plugins" / "summary_tables"
MAKEFILE = (REPOSITORY / "Makefile").read_text("utf-8")


def table_of_changes() -> list[str]:
    """The rows of "I want to change ... -> go to ..."."""
    rows = CONTRIBUTING.partition("| I want to change")[2].partition("\n\n")[0].splitlines()[2:]
    return [row.strip("| ") for row in rows]


@pytest.mark.parametrize(("text", "words"), [(README, 1000), (CONTRIBUTING, 600)], ids=["README", "CONTRIBUTING"])
def test_front_pages_are_short(text: str, words: int) -> None:
    assert len(text.split()) < words


def test_first_screen_is_the_two_commands_and_a_picture() -> None:
    head = README.partition("## ")[0]
    assert head.index("make demo") < head.index("make test") < head.index("<picture>")


@pytest.mark.parametrize("row", table_of_changes(), ids=lambda row: row.partition(" | ")[0])
def test_paths_of_the_table_of_changes_exist(row: str) -> None:
    _, where, proof = row.split(" | ")
    for cell in (where, proof):
        named = re.findall(r"`([^`]+)`", cell)
        assert named
        paths = [name for name in named if not name.startswith("make ")]
        assert [name for name in paths if not ((REPOSITORY / name).exists() or (LIBRARY / name).exists())] == []


def test_table_of_changes_is_there() -> None:
    assert len(table_of_changes()) >= 20


@pytest.mark.parametrize("page", ["how_it_is_built.md", "adding_parts.md"])
def test_modules_that_the_engineers_pages_name_exist(page: str) -> None:
    text = (REPOSITORY / "docs" / page).read_text("utf-8")
    named = set(re.findall(r"`([\w/]+(?:\.py|/))`", text))
    assert len(named) >= 8
    missing = [name for name in named if not ((REPOSITORY / name).exists() or (LIBRARY / name).exists())]
    assert [name for name in missing if "/" in name or not list(LIBRARY.rglob(name))] == []


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
    documents = "".join(page.read_text("utf-8") for page in (*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md")))
    named = set(re.findall(r"(?:`|^ {4})make ([a-z][a-z-]+)(?=[`:\s])", documents, re.MULTILINE))
    assert {"demo", "test", "bench-parse"} <= named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_example_of_the_readme_is_a_config_that_lint_has_nothing_to_say_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = README.partition("```yaml\n")[2].partition("```")[0]
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / "nps_summary.yaml").write_text(example, "utf-8")
    cli.main(["lint", str(folder)])
    assert capsys.readouterr() == ("", "1 file is fine.\n")


def test_workflow_runs_what_ci_runs() -> None:
    workflow = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "ci.yaml").read_text("utf-8"))
    assert workflow["jobs"]["test"]["steps"][-1] == {"run": ".ci/run"}


def test_no_test_imports_from_another() -> None:
    """What tests share has a module that is called for what it is."""
    tests = REPOSITORY / "tests"
    found = [
        f"{path.relative_to(tests)}: {name}"
        for path in sorted(tests.rglob("*.py"))
        if tests / "cases" not in path.parents
        for name in _imported(path)
        if name.startswith("tests.") and any(part.startswith("test_") for part in name.split("."))
    ]
    assert found == []


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", sorted((REPOSITORY / "dag_configs").rglob("*.yaml")), ids=lambda path: path.name)
def test_every_config_names_its_schema_for_editors(path: Path) -> None:
    is_source = path.parent.name == "sources"
    schema = "sources" if is_source else "defaults" if path.name == "defaults.yaml" else "summary_table"
    first = path.read_text("utf-8").splitlines()[0]
    up = "../.." if is_source else ".."
    assert first == f"# yaml-language-server: $schema={up}/schemas/{schema}.schema.json"
