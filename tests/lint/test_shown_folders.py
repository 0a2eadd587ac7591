"""Folders of one call keep names that tell them apart."""

from pathlib import Path

import pytest

from summary_tables.lint.shown_folders import shown_folders


@pytest.mark.parametrize(
    ("folders", "names"),
    [
        (["/a/dag_configs"], ["dag_configs"]),
        (["/a/x", "/a/y"], ["x", "y"]),
        (["/a/dag_configs", "/b/dag_configs"], ["a/dag_configs", "b/dag_configs"]),
        (["/a/c/dag_configs", "/b/c/dag_configs", "/a/x"], ["a/c/dag_configs", "b/c/dag_configs", "x"]),
        (["/dag_configs", "/a/dag_configs"], ["/dag_configs", "a/dag_configs"]),
        (["/my_dag_configs", "/dag_configs"], ["my_dag_configs", "dag_configs"]),
        (["/"], ["/"]),
        ([], []),
    ],
)
def test_shown_folders(folders: list[str], names: list[str]) -> None:
    assert list(shown_folders(list(map(Path, folders))).values()) == names
