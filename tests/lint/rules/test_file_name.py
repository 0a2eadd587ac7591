"""Files that are not called after their table."""

from pathlib import Path

from summary_tables.lint.rules import file_name
from tests.lint.rules.one_rule import config, said


def test_file_of_its_table(tmp_path: Path) -> None:
    assert said(file_name.RULE, tmp_path, config("SELECT 1 AS one")) == []


def test_name_to_give_the_file(tmp_path: Path) -> None:
    assert said(file_name.RULE, tmp_path, config("SELECT 1 AS one", name="nps_summary")) == [
        "1:8+11 error: the file t.yaml is not called after its table `nps_summary`; fix: call the file nps_summary.yaml"
    ]


def test_two_files_for_one_table(tmp_path: Path) -> None:
    text = config("SELECT 1 AS one", name="nps_summary")
    assert said(file_name.RULE, tmp_path, text, nps_summary=text) == [
        "1:8+11 error: the file t.yaml is not called after its table `nps_summary`; "
        "fix: dag_configs/nps_summary.yaml already builds it: delete this file, or give its table another name"
    ]
