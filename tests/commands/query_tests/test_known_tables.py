"""Tables whose own files declare their columns."""

from pathlib import Path

from summary_tables.commands.query_tests.known_tables import declared_tables
from summary_tables.configs.folder import read_folder

_TABLE = "schema: analytics\nmain_sql: SELECT 1 AS n\n"
_COLUMNS = "columns:\n  - {name: n, type: bigint, description: x}\n  - name: 한국어\n"


def test_columns_with_their_types_in_the_order_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"table: a\n{_TABLE}{_COLUMNS}", "utf-8")
    (tmp_path / "b.yaml").write_text(f"table: b\n{_TABLE}", "utf-8")
    found = declared_tables(read_folder(tmp_path).files)
    assert found == {"analytics.a": {"n": "bigint", "한국어": ""}}
    assert list(found["analytics.a"]) == ["n", "한국어"]
