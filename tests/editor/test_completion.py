"""What the editor offers, and that what it writes is right as it stands."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from summary_tables import cli
from summary_tables.configs.schema import check
from tests.conftest import REPOSITORY
from tests.editor.editor_text import CURSOR, accepted, at_cursor
from tests.editor.language_client import LanguageClient
from tests.golden_files import assert_golden

PROBE = "dag_configs/probe.yaml"
TABLE = check.load_schema("summary_table")
DEFAULTS = check.load_schema("defaults")
SOURCES = check.load_schema("sources")
PROJECT = check.load_schema("dbt_project")
SOURCES_PROBE = "dag_configs/sources/probe.yaml"

HEAD = """\
# yaml-language-server: $schema=../schemas/summary_table.schema.json
table: probe
schema: analytics
main_sql: |
  SELECT DATE_TRUNC('day', created_at) AS day, COUNT(1) AS events
  FROM raw_data.source
  GROUP BY 1
"""
CHECKED = f"""\
{HEAD}input_check:
  - sql: SELECT COUNT(1) FROM raw_data.source
    count: 1
"""


def offered(editor: LanguageClient, marked: str, file: str = PROBE) -> dict[str, dict[str, Any]]:
    """What the editor offers at the cursor, by label, in its order. No label may stand there twice."""
    items = [item for item in editor.completions(file, *at_cursor(marked)) if not _is_skeleton(item)]
    assert len({item["label"] for item in items}) == len(items), [item["label"] for item in items]
    return {item["label"]: item for item in items}


def _is_skeleton(item: Mapping[str, Any]) -> bool:
    """The server's own item for "all required keys": it has the name of the first of them where the schema has none."""
    return str(item.get("sortText", "")).startswith("_")


def taken(editor: LanguageClient, marked: str, label: str, file: str = PROBE) -> str:
    """The text after somebody took what stands in the list as `label`."""
    return accepted(at_cursor(marked)[0], offered(editor, marked, file)[label], Path(file).stem)


def lint(text: str, file: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What lint says of the text in a folder beside the configs of this repository."""
    # The tables that the probes read are known to nobody.
    others = shutil.ignore_patterns("sources")
    shutil.copytree(REPOSITORY / "dag_configs", folder / "dag_configs", dirs_exist_ok=True, ignore=others)
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text, "utf-8")
    cli.main(["lint", str(folder / file)])
    return capsys.readouterr().out


def test_empty_file_offers_a_whole_table_first(editor: LanguageClient) -> None:
    assert next(iter(offered(editor, CURSOR))) == "New summary table"


def test_whole_table_is_a_config_as_it_stands(
    editor: LanguageClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = taken(editor, CURSOR, "New summary table")
    assert_golden("editor/new_summary_table.yaml", text)
    assert lint(text, PROBE, tmp_path, capsys) == ""


def test_rest_of_a_table_leaves_what_is_there_alone(
    editor: LanguageClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = taken(editor, f"{HEAD}owner: growth\n{CURSOR}", "Rest of a summary table")
    assert text.startswith(f"{HEAD}owner: growth\ndescription: ")
    assert [text.count(f"\n{key}:") for key in ("schema", "main_sql", "owner", "output_check")] == [1, 1, 1, 1]
    assert lint(text, PROBE, tmp_path, capsys) == ""


def test_empty_file_of_sources_offers_a_whole_one(
    editor: LanguageClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert next(iter(offered(editor, CURSOR, SOURCES_PROBE))) == "New sources"
    text = taken(editor, CURSOR, "New sources", SOURCES_PROBE)
    assert_golden("editor/new_sources.yaml", text)
    assert lint(text, SOURCES_PROBE, tmp_path, capsys) == ""


def test_keys_of_sources(editor: LanguageClient) -> None:
    head = "# yaml-language-server: $schema=../../schemas/sources.schema.json\n"
    assert offered(editor, f"{head}{CURSOR}", SOURCES_PROBE).keys() - {"New sources"} == SOURCES["properties"].keys()
    table = SOURCES["properties"]["tables"]["items"]["properties"]
    inside = f"schema: probe\ntables:\n  - name: a\n    {CURSOR}"
    assert offered(editor, inside, SOURCES_PROBE).keys() - {"table"} == table.keys() - {"name"}
    column = f"{inside.replace(CURSOR, 'columns:')}\n      - name: b\n        {CURSOR}"
    assert offered(editor, column, SOURCES_PROBE).keys() - {"column"} == {"type", "description"}
    assert {"bigint", "timestamptz"} <= offered(editor, column.replace(CURSOR, f"type: {CURSOR}"), SOURCES_PROBE).keys()


def test_empty_defaults_file_offers_whole_defaults(
    editor: LanguageClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = "dag_configs/defaults.yaml"
    text = taken(editor, CURSOR, "New defaults", file)
    assert_golden("editor/new_defaults.yaml", text)
    assert lint(text, file, tmp_path, capsys) == ""


def test_empty_file_becomes_one_of_a_dbt_project(
    editor: LanguageClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = taken(editor, CURSOR, "New dbt project")
    assert_golden("editor/new_dbt_project.yaml", text)
    shutil.copytree(REPOSITORY / "tests" / "cases" / "dbt" / "shop", tmp_path / "dbt" / "shop")
    assert [line for line in lint(text, PROBE, tmp_path, capsys).splitlines() if ": error[" in line] == []
    line = text.splitlines(keepends=True)[0]
    assert offered(editor, f"{line}{CURSOR}").keys() - {"New dbt project"} == PROJECT["properties"].keys()
    of_dbt = PROJECT["properties"]["dbt"]["properties"].keys()
    assert offered(editor, f"{line}dbt:\n  {CURSOR}").keys() >= of_dbt


def test_every_key_that_is_not_there_yet_is_offered(editor: LanguageClient) -> None:
    snippets = {snippet["label"] for snippet in TABLE["defaultSnippets"]}
    labels = [label for label in offered(editor, f"table: probe\n{CURSOR}") if label not in snippets]
    assert labels == sorted(TABLE["properties"].keys() - {"table"})
    labels = [label for label in offered(editor, CURSOR, "dag_configs/defaults.yaml") if label != "New defaults"]
    assert labels == sorted(DEFAULTS["properties"])


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("main_sql", "main_sql: |\n  SELECT\n    column AS name\n  FROM schema.table"),
        ("schedule", "schedule: "),
        ("retries", "retries: 1"),
        ("tags", "tags:\n  - "),
        ("input_check", "input_check:\n  - "),
        ("output_check", "output_check:\n  - "),
        ("grants", "grants:\n  "),
    ],
)
def test_key_brings_the_shape_of_its_value(editor: LanguageClient, key: str, text: str) -> None:
    assert taken(editor, f"table: probe\n{CURSOR}", key) == f"table: probe\n{text}"


VALUES = {
    "schedule": f"{HEAD}schedule: {CURSOR}",
    "refresh": f"{HEAD}refresh: {CURSOR}",
    "item of refresh": f"{HEAD}refresh:\n  {CURSOR}",
    "delete_insert": f"{HEAD}refresh:\n  delete_insert:\n    {CURSOR}",
    "op": f"{HEAD}input_check:\n  - sql: SELECT COUNT(1) FROM raw_data.source\n    op: {CURSOR}\n    count: 1",
    "diststyle": f"{HEAD}attributes:\n  diststyle: {CURSOR}",
    "method": f"{HEAD}indexes:\n  - columns: [day]\n    method: {CURSOR}",
    "unique": f"{HEAD}indexes:\n  - columns: [day]\n    unique: {CURSOR}",
    "item of input_check": f"{HEAD}input_check:\n  - {CURSOR}",
    "item of output_check": f"{HEAD}output_check:\n  - {CURSOR}",
    "second item of output_check": f"{HEAD}output_check:\n  - sql: SELECT 1\n    count: 1\n  - {CURSOR}",
    "rest of an item": f"{HEAD}output_check:\n  - sql: SELECT 1\n    {CURSOR}",
    "item of indexes": f"{HEAD}indexes:\n  - {CURSOR}",
}


def test_values_and_their_explanations(editor: LanguageClient) -> None:
    lists = {name: offered(editor, marked).values() for name, marked in VALUES.items()}
    lines = (
        line
        for name, items in lists.items()
        for line in (f"\n{name}", *(f"  {item['label']}: {_explanation(item)}" for item in items))
    )
    assert_golden("editor/values.txt", "\n".join(lines).lstrip() + "\n")


def _explanation(item: Mapping[str, Any]) -> str:
    found = item.get("documentation", "")
    text = found["value"] if isinstance(found, dict) else found
    return str(text).partition("\n")[0]


GROWING = CHECKED.replace(
    "  GROUP BY 1\n",
    "  WHERE created_at >= '{{ data_interval_start }}' AND created_at < '{{ data_interval_end }}'\n  GROUP BY 1\n",
).replace("AS day", "AS date, 1 AS user_id")
SNIPPETS = [
    *(
        (f"{CHECKED}schedule: {CURSOR}", snippet["label"])
        for snippet in TABLE["properties"]["schedule"]["defaultSnippets"]
    ),
    *(
        (f'{GROWING}schedule: "0 3 * * *"\nrefresh: {CURSOR}', snippet["label"])
        for snippet in TABLE["properties"]["refresh"]["defaultSnippets"]
    ),
    *(
        (f"{text}{key}:\n  - {CURSOR}", snippet["label"])
        for key, text in (("input_check", HEAD), ("output_check", CHECKED), ("indexes", CHECKED))
        for snippet in TABLE["properties"][key]["items"]["defaultSnippets"]
    ),
]


@pytest.mark.parametrize(("marked", "label"), SNIPPETS, ids=[label for _, label in SNIPPETS])
def test_what_a_snippet_writes_is_right(
    editor: LanguageClient, marked: str, label: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = taken(editor, marked, label)
    for blank, meant in {"column": "day", "other_summary": "mau_summary", "one_summary": "nps_summary"}.items():
        text = re.sub(rf"\b{blank}\b(?!:)", meant, text)
    assert lint(text + "\n", PROBE, tmp_path, capsys) == ""
