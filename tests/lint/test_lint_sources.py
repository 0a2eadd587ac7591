"""Lint and `sources/`: which of its files are looked at, what they are called, fixed, ignored."""

from pathlib import Path

import pytest

from summary_tables.lint.engine import lint
from summary_tables.lint.fix import fixed_files

TABLE = "table: a\nschema: analytics\nmain_sql: SELECT 1 AS one\n"
WRONG = "schema: raw_data\ntables:\n  - name: nps\n    columns: [{name: id, type: intger}]\n  - name: nps\n"
SAID = [
    "dag_configs/sources/raw_data.yaml:4:32: warning[source-type] `intger` is no type of PostgreSQL's own, and no file "
    "of sources/ describes it under `types`; fix: write `integer`",
    "dag_configs/sources/raw_data.yaml:5:11: error[source-twice] the table `nps` stands here again: it is on line 3 "
    "already; fix: delete one of the two",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    (found / "sources").mkdir(parents=True)
    (found / "a.yaml").write_text(TABLE)
    (found / "sources" / "raw_data.yaml").write_text(WRONG)
    (found / "sources" / "other.yaml").write_text("schema: others\n")
    return found


def said(*paths: Path) -> list[str]:
    return [str(problem) for problem in lint(paths).problems]


def test_whoever_names_the_folder_hears_of_its_sources(folder: Path) -> None:
    other = "dag_configs/sources/other.yaml:1:9: error[file-name] the file other.yaml is not called after its schema"
    assert said(folder) == [f"{other} `others`; fix: call the file others.yaml", *SAID]
    assert said(folder / "sources") == said(folder)
    result = lint([folder])
    assert [file.name for file in result.files] == [
        "dag_configs/a.yaml",
        "dag_configs/sources/other.yaml",
        "dag_configs/sources/raw_data.yaml",
    ]
    assert [bool(file.text) for file in result.files] == [False, True, True]
    assert [file.name for file in lint([folder / "sources"]).files] == [file.name for file in result.files[1:]]


def test_whoever_names_a_file_hears_of_that_alone(folder: Path) -> None:
    assert said(folder / "a.yaml") == []
    assert said(folder / "sources" / "raw_data.yaml") == SAID
    assert said(folder / "a.yaml", folder / "sources" / "raw_data.yaml") == SAID


def test_sources_are_judged_beside_the_tables_and_with_the_warehouse_of_their_folder(folder: Path) -> None:
    (folder / "defaults.yaml").write_text("warehouse: {dialect: redshift}\n")
    path = folder / "sources" / "analytics.yaml"
    path.write_text("schema: analytics\ntables: [{name: a, columns: [{name: b, type: super}]}]\n")
    assert said(path) == [
        "dag_configs/sources/analytics.yaml:2:17: error[source-built-here] `analytics.a` is a summary table: "
        "dag_configs/a.yaml builds it, and says what it has; fix: delete it here"
    ]


def test_a_mistake_that_hides_the_file_is_told_alone(folder: Path) -> None:
    path = folder / "sources" / "raw_data.yaml"
    path.write_text("schema: raw_data\ntabels: []\n# lint: ignore[no-such-rule] x\n")
    assert said(path) == [
        "dag_configs/sources/raw_data.yaml:2:1: error[unknown-key] `tabels` is not a key of this file; "
        "fix: rename it to `tables`",
        "dag_configs/sources/raw_data.yaml:3:1: error[lint-comment] there is no rule `no-such-rule`; "
        "fix: copy the name from the brackets of the message",
    ]


def test_a_type_of_an_extension_can_be_accepted(folder: Path) -> None:
    path = folder / "sources" / "raw_data.yaml"
    comment = "# lint: ignore[source-type] an extension of ours has it\n"
    path.write_text(comment + WRONG.replace("intger", "ours.graph"))
    assert [problem.rule for problem in lint([path]).problems] == ["source-twice"]
    path.write_text(comment + WRONG.replace("intger", "integer"))
    assert said(path)[:1] == [
        "dag_configs/sources/raw_data.yaml:1:1: warning[lint-comment] nothing in this file breaks `source-type`, so "
        "this comment ignores nothing; fix: delete it"
    ]


def test_misspelt_keys_are_fixed(folder: Path) -> None:
    path = folder / "sources" / "raw_data.yaml"
    path.write_text("schema: raw_data\ntabels:\n  - name: nps\n    columns: [{name: id, type: int}]\n")
    (folder / "a.yaml").write_text(TABLE.replace("one", "one;"))
    fixed = {file.name: file.after.decode() for file in fixed_files([folder])}
    assert fixed == {
        "dag_configs/a.yaml": TABLE,
        "dag_configs/sources/raw_data.yaml": (
            "schema: raw_data\ntables:\n  - name: nps\n    columns: [{name: id, type: int}]\n"
        ),
    }
    assert [file.path for file in fixed_files([path])] == [path]


def test_a_folder_called_sources_beside_no_configs_holds_configs(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.yaml").write_text(TABLE)
    assert said(tmp_path / "sources") == []


def test_each_folder_of_configs_has_its_own(tmp_path: Path) -> None:
    folders = [tmp_path / team / "dag_configs" for team in ("growth", "finance")]
    for folder in folders:
        (folder / "sources").mkdir(parents=True)
        (folder / f"{folder.parent.name}.yaml").write_text(TABLE.replace("table: a", f"table: {folder.parent.name}"))
        text = "schema: analytics\ntables: [{name: growth}]\n"
        (folder / "sources" / "analytics.yaml").write_text(text)
    assert said(*folders) == [
        "growth/dag_configs/sources/analytics.yaml:2:17: error[source-built-here] `analytics.growth` is a summary "
        "table: dag_configs/growth.yaml builds it, and says what it has; fix: delete it here"
    ]
