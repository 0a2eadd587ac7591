"""What other tools, and plain English, call the keys of this format."""

from collections.abc import Mapping

from summary_tables.checks import CHECK_KINDS

_WORDS: Mapping[str, Mapping[str, str]] = {
    "": {
        "name": "table", "table_name": "table", "tablename": "table", "target": "table", "target_table": "table",
        "dataset": "schema", "database": "schema", "schema_name": "schema", "db": "schema",
        "sql": "main_sql", "query": "main_sql", "select": "main_sql", "main_query": "main_sql", "statement": "main_sql",
        "csv_file": "csv", "seed": "csv", "sheet": "google_sheet", "google_sheets": "google_sheet",
        "gsheet": "google_sheet",
        "cron": "schedule", "schedule_interval": "schedule", "interval": "schedule", "frequency": "schedule",
        "after": "after", "depends_on": "after", "dependencies": "after", "requires": "after", "upstream": "after",
        "wait_for": "after", "waits_for": "after",
        "check": "output_check", "checks": "output_check", "data_tests": "output_check",
        "assertions": "output_check", "audits": "output_check",
        "test": "tests", "unit_tests": "tests", "unit_test": "tests", "query_tests": "tests",
        "pre_check": "input_check", "post_check": "output_check",
        "desc": "description", "comment": "description", "summary": "description", "doc": "description",
        "owners": "owner", "author": "owner", "team": "owner", "maintainer": "owner",
        "deprecation": "deprecated", "sunset": "deprecated", "deprecated_after": "deprecated", "obsolete": "deprecated",
        "exposures": "used_by", "dashboards": "used_by", "dashboard": "used_by", "reports": "used_by",
        "consumers": "used_by", "usage": "used_by", "used_in": "used_by",
        "tag": "tags", "labels": "tags", "keywords": "tags", "index": "indexes", "indices": "indexes",
        "connection": "conn_id", "connection_id": "conn_id", "grant": "grants", "permissions": "grants",
        "fields": "columns", "column": "columns", "column_definitions": "columns",
        "airflow_pool": "pool", "max_runs": "max_active_runs", "concurrency": "max_active_runs",
        "retry": "retries", "timeout": "timeout_minutes", "retry_delay": "retry_delay_minutes",
        "execution_timeout": "timeout_minutes", "task_timeout": "timeout_minutes", "step_timeout": "timeout_minutes",
        "max_runtime": "timeout_minutes", "timeout_seconds": "timeout_minutes",
        "statement_timeout": "statement_timeout_minutes", "query_timeout": "statement_timeout_minutes",
        "sql_timeout": "statement_timeout_minutes", "query_timeout_minutes": "statement_timeout_minutes",
        "lock_timeout": "lock_timeout_minutes", "lock_wait": "lock_timeout_minutes",
        "work_mem": "work_mem_mb", "memory": "work_mem_mb", "memory_mb": "work_mem_mb", "query_memory": "work_mem_mb",
        "max_row_count": "max_rows", "row_limit": "max_rows", "maximum_rows": "max_rows", "max_row": "max_rows",
        "rows_max": "max_rows", "limit_rows": "max_rows", "most_rows": "max_rows",
    },
    "check": {
        "threshold": "count", "value": "count", "expected": "count", "min": "count", "at_least": "count",
        "minimum": "count", "min_count": "count",
        "operator": "op", "comparison": "op", "compare": "op",
        "description": "name", "label": "name", "title": "name",
    },
    "csv": {"path": "file", "filename": "file", "delimiter": "separator", "sep": "separator"},
    "google_sheet": {"url": "spreadsheet", "sheet_id": "spreadsheet", "tab": "range", "worksheet": "range"},
    "deprecated": {
        "date": "after", "until": "after", "by": "after", "removed_after": "after", "day": "after",
        "replacement": "use", "replaced_by": "use", "instead": "use", "table": "use", "successor": "use",
    },
    "used_by": {
        "label": "name", "title": "name", "dashboard": "name", "report": "name",
        "link": "url", "href": "url", "address": "url", "uri": "url", "team": "owner", "maintainer": "owner",
    },
    "indexes": {"column": "columns", "fields": "columns", "type": "method", "using": "method"},
    "columns": {
        "column": "name", "column_name": "name", "data_type": "type", "datatype": "type", "dtype": "type",
        "comment": "description", "desc": "description", "doc": "description",
        "check": "checks", "tests": "checks", "data_tests": "checks", "constraints": "checks",
        "output_check": "checks", "personal_data": "pii", "personal": "pii", "sensitive": "pii",
    },
    "sources": {
        "name": "schema", "schema_name": "schema", "dataset": "schema", "database": "schema", "source": "schema",
        "sources": "tables", "table": "tables", "views": "tables",
        "owners": "owner", "team": "owner", "maintainer": "owner",
        "desc": "description", "comment": "description", "doc": "description",
        "enums": "types", "type": "types", "domains": "types",
    },
    "tables": {
        "table": "name", "table_name": "name", "identifier": "name", "view": "name",
        "owners": "owner", "team": "owner", "maintainer": "owner",
        "desc": "description", "comment": "description", "doc": "description",
        "fields": "columns", "column": "columns", "freshness": "loaded_at", "loaded_at_field": "loaded_at",
        "outlet": "asset", "assets": "asset", "dataset": "asset",
    },
    "source_types": {"type": "name", "labels": "values", "enum": "values", "base_type": "base", "domain": "base"},
    "loaded_at": {"field": "column", "hours": "within_hours", "max_hours": "within_hours"},
    "grants": {"read": "select", "roles": "select", "users": "select", "to": "select"},
    "tests": {
        "title": "name", "description": "name", "label": "name", "day": "date", "ds": "date", "run_date": "date",
        "input": "given", "inputs": "given", "rows": "given", "sources": "given", "mock": "given", "fixtures": "given",
        "expected": "expect", "output": "expect", "result": "expect", "expected_rows": "expect",
        "column_types": "types", "columns": "types",
    },
    "delete_insert": {"column": "time_column", "date_column": "time_column", "partition_by": "time_column"},
    "merge": {"key": "unique_key", "keys": "unique_key", "primary_key": "unique_key", "on": "unique_key"},
    "schedule": {
        "depends_on": "after", "wait_for": "after", "requires": "after", "cron": "at", "time": "at", "times": "at",
        "timeout_hours": "wait_hours", "max_wait_hours": "wait_hours", "limit_hours": "wait_hours",
    },
    "parent": {
        "dataset": "asset", "uri": "asset", "asset_name": "asset", "outlet": "asset",
        "source": "table", "relation": "table", "loaded_at": "column", "time_column": "column",
        "loaded_at_field": "column", "hours": "within_hours", "max_hours": "within_hours", "within": "within_hours",
        "max_age_hours": "within_hours",
    },
}  # fmt: skip
"""Those of kinds of check are said by the kinds."""


def other_words(owner: str) -> Mapping[str, str]:
    """Another word -> our key, of those that stand under `owner`: `check` for checks, empty for the file itself."""
    words = _WORDS.get(owner, {})
    if owner == "check":
        return {**words, **{word: kind.KEY for kind in CHECK_KINDS.values() for word in kind.OTHER_NAMES}}
    return CHECK_KINDS[owner].OTHER_KEYS if owner in CHECK_KINDS else words
