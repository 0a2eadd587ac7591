"""Files that somebody meant as configs and that are none."""

from pathlib import Path

import pytest

from summary_tables.configs.folder import read_folder

TABLE = "table: {name}\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


def test_overlooked_files_are_told_with_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    (folder / "more").mkdir(parents=True)
    (folder / "more" / "c.yaml").write_text(TABLE.format(name="c"))
    for name in ("a.yaml", "a.yml", "b.yml", "defaults.yml", "README.md", ".hidden.yml"):
        (folder / name).write_text(TABLE.format(name=name[0]))
    read = read_folder(folder)
    assert [file.full_name for file in read.files] == ["analytics.a"]
    words = "error[file-name] the file is not read: configs end in .yaml; fix:"
    assert [str(problem) for problem in read.problems] == [
        f"dag_configs/a.yml: {words} move what it says to a.yaml, and delete it",
        f"dag_configs/b.yml: {words} rename it to b.yaml",
        f"dag_configs/defaults.yml: {words} rename it to defaults.yaml",
        "dag_configs/more: error[file-name] the files in this folder are not read; "
        "fix: move them up into the folder above",
    ]


@pytest.mark.parametrize("name", ["orders", "orders.sql", "orders.yaml.bak", "orders.yaml~"])
def test_a_config_is_known_by_its_text(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / name).write_text(TABLE.format(name="orders"))
    (folder / "notes").write_text("main_sql is the key of the query\n")
    assert [str(problem) for problem in read_folder(folder).problems] == [
        f"dag_configs/{name}: error[file-name] the file is not read: configs end in .yaml; "
        "fix: rename it to orders.yaml"
    ]
