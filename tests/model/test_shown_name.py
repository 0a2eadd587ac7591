"""Names of files that no terminal should print as they are."""

from pathlib import Path

import pytest

from summary_tables.model.shown_name import shown_name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/repository/dag_configs/nps_summary.yaml", "dag_configs/nps_summary.yaml"),
        ("/repository/dag_configs/a\x1b[2J.yaml", "dag_configs/a\\x1b[2J.yaml"),
        ("/repository/dag\nconfigs/a.yaml", "dag\\nconfigs/a.yaml"),
    ],
)
def test_folder_and_name(path: str, name: str) -> None:
    assert shown_name(Path(path)) == name


def test_in_a_folder_that_is_called_otherwise() -> None:
    assert shown_name(Path("/b/dag_configs/a\n.yaml"), "b/dag_configs") == "b/dag_configs/a\\n.yaml"
