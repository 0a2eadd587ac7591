"""Tables in the schema of the versions."""

from pathlib import Path

from summary_tables.lint.rules import target_schema
from tests.lint.rules.one_rule import said

TEXT = "table: t\nschema: summary_tables\nmain_sql: SELECT 1 AS one\n"


def test_another_schema_for_versions_frees_the_name(tmp_path: Path) -> None:
    assert said(target_schema.RULE, tmp_path, TEXT, defaults="warehouse: {versions_schema: versions}\n") == []


def test_schema_of_the_versions_is_taken(tmp_path: Path) -> None:
    assert said(target_schema.RULE, tmp_path, TEXT) == [
        "2:9+14 error: `summary_tables` holds the versions and the build log of all tables; no table can stand there; "
        "fix: name the schema in which people read the table"
    ]
