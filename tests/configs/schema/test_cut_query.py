"""Queries that YAML cuts at a comment."""

from tests.configs.schema.findings import said


def test_cut_query_only_where_it_cannot_work() -> None:
    start = "table: t\nschema: s\n"
    assert said(start + "main_sql: SELECT 1 AS one # it's fine\n") == []
    assert said(start + "main_sql: SELECT 1 AS one -- it's #1\n") == []
    assert said(start + "main_sql: SELECT ' AS one #' AS one\n") == [
        "x.yaml:3:27: error[value] everything after ` #` is a comment to YAML: `main_sql` ends with `SELECT ' AS one`; "
        "fix: write `main_sql: |` and begin the SQL on the next line"
    ]
