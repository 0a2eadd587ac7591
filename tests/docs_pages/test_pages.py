"""The generated pages are what `make docs` would write now, and what they show works."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs_pages import DOCS, FOLDERS, pages
from docs_pages.__main__ import main
from summary_tables import cli
from summary_tables.configs.schema import check
from summary_tables.configs.schema_files import SchemaName, load_schema
from summary_tables.configs.yaml import document as yaml_document
from tests.conftest import REPOSITORY

FORMAT = (DOCS / "format.md").read_text("utf-8")
TABLE_PART, _, OTHER_PARTS = FORMAT.partition("\n# A file with `dbt`\n")
PROJECT_PART, _, DEFAULTS_PART = OTHER_PARTS.partition("\n# `defaults.yaml`\n")

SMALLEST = """\
table: example
schema: analytics
schedule: "0 3 * * *"
main_sql: |
  SELECT date, channel, user_id, COUNT(1) AS nps
  FROM raw_data.nps
  GROUP BY 1, 2, 3
"""


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    if os.environ.get("UPDATE_GOLDEN"):
        main()
    return pages()


def test_pages_are_current(made: Mapping[str, str]) -> None:
    """If they are not: `make docs`, then read the diff."""
    assert {name: (DOCS / name).read_text("utf-8") for name in made} == made


def test_folders_hold_nothing_that_is_made_no_more(made: Mapping[str, str]) -> None:
    there = {f"{folder}/{path.name}" for folder in FOLDERS for path in (DOCS / folder).iterdir()}
    assert there <= set(made)


def blocks(page: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", blocks(TABLE_PART), ids=lambda text: text.partition(":")[0])
def test_example_of_a_key_works_in_a_file(example: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    for other in (REPOSITORY / "dag_configs").glob("*_summary.yaml"):
        (folder / other.name).write_bytes(other.read_bytes())
    text, name = _with_example(example)
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "countries.csv").write_text("Code,Population\nKR,51000000\n")
    assert "error[" not in _lint(folder / f"{name}.yaml", capsys)


def _lint(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    cli.main(["lint", str(path)])
    return capsys.readouterr().out


def _with_example(example: str) -> tuple[str, str]:
    """The smallest file with the example in place of its own value of that key, and the table's name."""
    key = example.partition(":")[0]
    if key in ("google_sheet", "csv"):
        return re.sub(r"^main_sql:.*\n(  .*\n)*", "", SMALLEST, flags=re.MULTILINE) + example, "example"
    if key == "tests":
        # It is about the query of nps_summary, and a test names the columns of its query.
        example += "main_sql: SELECT LEFT(created_at, 10) AS date, 0 AS nps FROM raw_data.nps\n"
        return re.sub(r"^main_sql:.*\n(  .*\n)*", "", SMALLEST, flags=re.MULTILINE) + example, "example"
    text = re.sub(rf"^{key}:.*\n(  .*\n)*", "", SMALLEST, flags=re.MULTILINE) + example
    name = re.search(r"^table: (\w+)$", text, re.MULTILINE)
    assert name
    return text, name[1]


@pytest.mark.parametrize(
    ("example", "schema"),
    [
        *((text, "dbt_project") for text in blocks(PROJECT_PART)),
        *((text, "defaults") for text in blocks(DEFAULTS_PART)),
    ],
)
def test_example_of_another_file_is_allowed(example: str, schema: SchemaName) -> None:
    text = example if schema == "defaults" or example.startswith("dbt:") else f"dbt: {{project: dbt/shop}}\n{example}"
    assert _allowed(text, schema)


def test_examples_of_the_keys_of_dbt_are_allowed() -> None:
    rows = re.findall(r"^\| `\w+` \|.*\| `(.+)` \|$", PROJECT_PART, re.MULTILINE)
    keys = load_schema("dbt_project")["properties"]["dbt"]["properties"]
    assert [row.partition(":")[0] for row in rows] == list(keys)
    assert _allowed("".join(("dbt:\n", *(f"  {row}\n" for row in rows))), "dbt_project")


def _allowed(text: str, schema: SchemaName) -> bool:
    document = yaml_document.parse(text.encode())
    return isinstance(document, yaml_document.YamlDocument) and check.findings(document, schema) == ()


@pytest.mark.parametrize(
    ("name", "part"),
    [("summary_table", TABLE_PART), ("dbt_project", PROJECT_PART), ("defaults", DEFAULTS_PART)],
    ids=["table", "project", "defaults"],
)
def test_every_key_has_its_section(name: SchemaName, part: str) -> None:
    sections = re.findall(r"^## `(\w+)`$", part, re.MULTILINE)
    assert len(sections) == len(set(sections))
    shared = [] if name == "summary_table" else re.findall(r"\[`(\w+)`\]\(#", part)
    assert set(load_schema(name)["properties"]) == {*sections, *shared}
