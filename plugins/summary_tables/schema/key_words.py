"""What other tools, and plain English, call the keys of this format."""

from collections.abc import Mapping

KEY_WORDS: Mapping[str, Mapping[str, str]] = {
    "": {
        "name": "table", "table_name": "table", "tablename": "table", "target": "table", "target_table": "table",
        "dataset": "schema", "database": "schema", "schema_name": "schema", "db": "schema",
        "sql": "main_sql", "query": "main_sql", "select": "main_sql", "main_query": "main_sql", "statement": "main_sql",
        "cron": "schedule", "schedule_interval": "schedule", "interval": "schedule", "frequency": "schedule",
        "after": "after", "depends_on": "after", "dependencies": "after", "requires": "after", "upstream": "after",
        "wait_for": "after", "waits_for": "after",
        "check": "output_check", "checks": "output_check", "data_tests": "output_check",
        "assertions": "output_check", "audits": "output_check",
        "test": "tests", "unit_tests": "tests", "unit_test": "tests", "query_tests": "tests",
        "pre_check": "input_check", "post_check": "output_check",
        "desc": "description", "comment": "description", "summary": "description", "doc": "description",
        "owners": "owner", "author": "owner", "team": "owner", "maintainer": "owner",
        "tag": "tags", "labels": "tags", "keywords": "tags", "index": "indexes", "indices": "indexes",
        "connection": "conn_id", "connection_id": "conn_id", "grant": "grants", "permissions": "grants",
        "fields": "columns", "column": "columns", "column_definitions": "columns",
        "retry": "retries", "timeout": "timeout_minutes", "retry_delay": "retry_delay_minutes",
    },
    "check": {
        "query": "sql", "select": "sql", "main_sql": "sql", "statement": "sql",
        "threshold": "count", "value": "count", "expected": "count", "min": "count", "at_least": "count",
        "minimum": "count", "min_count": "count",
        "operator": "op", "comparison": "op", "compare": "op",
        "description": "name", "label": "name", "title": "name",
        "rows": "row_count", "number_of_rows": "row_count", "min_row_count": "row_count",
        "missing": "not_null", "missing_count": "not_null", "not_empty": "not_null", "no_nulls": "not_null",
        "duplicate": "unique", "duplicates": "unique", "duplicate_count": "unique", "unique_values": "unique",
        "unique_combination_of_columns": "unique", "primary_key": "unique",
        "allowed_values": "accepted_values", "valid_values": "accepted_values", "is_in": "accepted_values",
        "between": "range", "accepted_range": "range", "matches_pattern": "matches", "regex": "matches",
        "value_length": "length", "foreign_key": "relationships", "references": "relationships",
        "recency": "freshness", "gaps": "no_gaps", "mean": "average", "avg": "average",
        "equal_rowcount": "row_count_equals", "failed_rows": "no_rows",
        "row_count_delta": "row_count_change",
    },
    "indexes": {"column": "columns", "fields": "columns", "type": "method", "using": "method"},
    "columns": {
        "column": "name", "column_name": "name", "data_type": "type", "datatype": "type", "dtype": "type",
        "comment": "description", "desc": "description", "doc": "description",
        "check": "checks", "tests": "checks", "data_tests": "checks", "constraints": "checks",
        "output_check": "checks", "personal_data": "pii", "personal": "pii", "sensitive": "pii",
    },
    "grants": {"read": "select", "roles": "select", "users": "select", "to": "select"},
    "tests": {
        "title": "name", "description": "name", "label": "name", "day": "date", "ds": "date", "run_date": "date",
        "input": "given", "inputs": "given", "rows": "given", "sources": "given", "mock": "given", "fixtures": "given",
        "expected": "expect", "output": "expect", "result": "expect", "expected_rows": "expect",
        "column_types": "types", "columns": "types",
    },
    "schedule": {"depends_on": "after", "wait_for": "after", "requires": "after"},
}  # fmt: skip
"""By the key under which they stand (`check` for checks, empty for the file itself): another word -> our key."""
