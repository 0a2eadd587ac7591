"""Connections that `defaults.yaml` does not list."""

from pathlib import Path

from summary_tables.lint.rules import other_connection
from tests.lint.rules.one_rule import config, said


def connected(by: str) -> str:
    return config("SELECT 1 AS one", f"conn_id: {by}\n")


def test_the_shared_connection(tmp_path: Path) -> None:
    assert said(other_connection.RULE, tmp_path, config("SELECT 1 AS one")) == []
    assert said(other_connection.RULE, tmp_path, connected("warehouse")) == []
    assert said(other_connection.RULE, tmp_path, config("SELECT 1 AS one"), defaults="conn_id: finance\n") == []
    assert said(other_connection.RULE, tmp_path, connected("finance"), defaults="conn_id: finance\n") == []


def test_a_connection_on_the_list(tmp_path: Path) -> None:
    """As the fix says."""
    assert said(other_connection.RULE, tmp_path, connected("finance"), defaults="conn_ids: [finance]\n") == []


def test_any_other(tmp_path: Path) -> None:
    assert said(other_connection.RULE, tmp_path, connected("finance")) == [
        "5:10+7 warning: `finance` is another connection than `warehouse`, which the tables share, and `conn_ids` in "
        "defaults.yaml does not list it; fix: add `finance` to `conn_ids` in defaults.yaml"
    ]
    assert said(
        other_connection.RULE, tmp_path, connected("warehuse"), defaults="conn_id: dwh\nconn_ids: [warehouse]\n"
    ) == [
        "5:10+8 warning: `warehuse` is another connection than `dwh`, which the tables share, and `conn_ids` in "
        "defaults.yaml does not list it; fix: write `conn_id: warehouse`"
    ]
